-- Initial schema: down on PostgreSQL

-- drop table `scor_skills`
DROP TABLE "scor_skills";

-- drop table `scor_performance_measurements`
DROP TABLE "scor_performance_measurements";

-- drop table `scor_alerts`
DROP TABLE "scor_alerts";

-- drop table `scor_process_hierarchies`
DROP TABLE "scor_process_hierarchies";

-- drop table `scor_practices`
DROP TABLE "scor_practices";

-- drop table `scor_metrics`
DROP TABLE "scor_metrics";

-- drop table `scor_processes`
DROP TABLE "scor_processes";

-- drop table `ingestion_runs`
DROP TABLE "ingestion_runs";

-- drop table `scor_models`
DROP TABLE "scor_models";

-- drop table `data_sources`
DROP TABLE "data_sources";

-- drop enum `competency_level`
DROP TYPE "competency_level";

-- drop enum `performance_attribute`
DROP TYPE "performance_attribute";

-- drop enum `practice_maturity`
DROP TYPE "practice_maturity";

-- drop enum `run_state`
DROP TYPE "run_state";

-- drop enum `severity`
DROP TYPE "severity";

-- drop enum `source_kind`
DROP TYPE "source_kind";
