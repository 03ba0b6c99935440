-- Initial schema: up on SQLite

-- create table `data_sources`
CREATE TABLE "data_sources" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(100) NOT NULL,
    "kind" TEXT NOT NULL,
    "location" VARCHAR(500) NOT NULL,
    "secret" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT TRUE,
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "data_sources_name_key" UNIQUE ("name"),
    CONSTRAINT "data_sources_kind_enum" CHECK ("kind" IN ('erp', 'wms', 'tms', 'file'))
);

-- create table `scor_models`
CREATE TABLE "scor_models" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "code" VARCHAR(32) NOT NULL,
    "edition" VARCHAR(16) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "published_on" DATE,
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "scor_models_code_edition_key" UNIQUE ("code", "edition")
);

-- create table `ingestion_runs`
CREATE TABLE "ingestion_runs" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "source_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "started_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMP,
    "rows_read" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    CONSTRAINT "ingestion_runs_rows_read_positive" CHECK ("rows_read" >= 0),
    CONSTRAINT "ingestion_runs_state_enum" CHECK ("state" IN ('running', 'succeeded', 'failed')),
    CONSTRAINT "ingestion_runs_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "data_sources" ("id") ON DELETE CASCADE
);
CREATE INDEX "ingestion_runs_source_id_started_at_idx" ON "ingestion_runs" ("source_id", "started_at" DESC);

-- create table `scor_processes`
CREATE TABLE "scor_processes" (
    "id" VARCHAR(36) NOT NULL,
    "process_code" VARCHAR(64) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "level" INT NOT NULL DEFAULT 1,
    "model_id" BIGINT NOT NULL,
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("id"),
    CONSTRAINT "scor_processes_process_code_key" UNIQUE ("process_code"),
    CONSTRAINT "scor_processes_level_range" CHECK ("level" BETWEEN 1 AND 5),
    CONSTRAINT "scor_processes_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "scor_models" ("id") ON DELETE CASCADE
);
CREATE INDEX "scor_processes_process_code_level_idx" ON "scor_processes" ("process_code", "level" DESC);

-- create table `scor_metrics`
CREATE TABLE "scor_metrics" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "metric_code" VARCHAR(64) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "calculation" TEXT,
    "attribute" TEXT NOT NULL,
    "level" INT NOT NULL DEFAULT 1,
    "unit" VARCHAR(32) NOT NULL,
    "higher_is_better" BOOLEAN NOT NULL DEFAULT TRUE,
    "parent_id" BIGINT,
    "process_id" VARCHAR(36),
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "scor_metrics_metric_code_key" UNIQUE ("metric_code"),
    CONSTRAINT "scor_metrics_level_range" CHECK ("level" BETWEEN 1 AND 3),
    CONSTRAINT "scor_metrics_attribute_enum" CHECK ("attribute" IN ('reliability', 'responsiveness', 'agility', 'cost', 'asset_management')),
    CONSTRAINT "scor_metrics_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "scor_metrics" ("id") ON DELETE SET NULL,
    CONSTRAINT "scor_metrics_process_id_fkey" FOREIGN KEY ("process_id") REFERENCES "scor_processes" ("id") ON DELETE SET NULL
);
CREATE INDEX "scor_metrics_parent_id_idx" ON "scor_metrics" ("parent_id");
CREATE INDEX "scor_metrics_process_id_idx" ON "scor_metrics" ("process_id");
CREATE INDEX "scor_metrics_attribute_level_idx" ON "scor_metrics" ("attribute", "level");

-- create table `scor_practices`
CREATE TABLE "scor_practices" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "practice_code" VARCHAR(64) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "maturity" TEXT NOT NULL DEFAULT 'standard',
    "process_id" VARCHAR(36) NOT NULL,
    CONSTRAINT "scor_practices_practice_code_key" UNIQUE ("practice_code"),
    CONSTRAINT "scor_practices_maturity_enum" CHECK ("maturity" IN ('emerging', 'best', 'standard', 'declining')),
    CONSTRAINT "scor_practices_process_id_fkey" FOREIGN KEY ("process_id") REFERENCES "scor_processes" ("id") ON DELETE CASCADE
);
CREATE INDEX "scor_practices_process_id_idx" ON "scor_practices" ("process_id");

-- create table `scor_process_hierarchies`
CREATE TABLE "scor_process_hierarchies" (
    "parent_id" VARCHAR(36) NOT NULL,
    "child_id" VARCHAR(36) NOT NULL,
    "position" INT NOT NULL DEFAULT 1,
    PRIMARY KEY ("parent_id", "child_id"),
    CONSTRAINT "scor_process_hierarchies_not_itself" CHECK ("parent_id" <> "child_id"),
    CONSTRAINT "scor_process_hierarchies_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "scor_processes" ("id") ON DELETE CASCADE,
    CONSTRAINT "scor_process_hierarchies_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "scor_processes" ("id") ON DELETE CASCADE
);
CREATE INDEX "scor_process_hierarchies_child_id_idx" ON "scor_process_hierarchies" ("child_id");

-- create table `scor_alerts`
CREATE TABLE "scor_alerts" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "metric_id" BIGINT NOT NULL,
    "severity" TEXT NOT NULL DEFAULT 'medium',
    "message" TEXT NOT NULL,
    "raised_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acknowledged" BOOLEAN NOT NULL DEFAULT FALSE,
    "acknowledged_at" TIMESTAMP,
    CONSTRAINT "scor_alerts_severity_enum" CHECK ("severity" IN ('low', 'medium', 'high', 'critical')),
    CONSTRAINT "scor_alerts_metric_id_fkey" FOREIGN KEY ("metric_id") REFERENCES "scor_metrics" ("id") ON DELETE CASCADE
);
CREATE INDEX "scor_alerts_metric_id_idx" ON "scor_alerts" ("metric_id");
CREATE INDEX "scor_alerts_severity_raised_at_idx" ON "scor_alerts" ("severity", "raised_at" DESC);

-- create table `scor_performance_measurements`
CREATE TABLE "scor_performance_measurements" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "metric_id" BIGINT NOT NULL,
    "measured_at" TIMESTAMP NOT NULL,
    "value" NUMERIC(14,4) NOT NULL,
    "target" NUMERIC(14,4),
    "ingestion_run_id" BIGINT,
    "recorded_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "scor_performance_measurements_metric_id_measured_at_key" UNIQUE ("metric_id", "measured_at"),
    CONSTRAINT "scor_performance_measurements_metric_id_fkey" FOREIGN KEY ("metric_id") REFERENCES "scor_metrics" ("id") ON DELETE CASCADE,
    CONSTRAINT "scor_performance_measurements_ingestion_run_id_fkey" FOREIGN KEY ("ingestion_run_id") REFERENCES "ingestion_runs" ("id") ON DELETE SET NULL
);
CREATE INDEX "scor_performance_measurements_ingestion_run_id_idx" ON "scor_performance_measurements" ("ingestion_run_id");

-- create table `scor_skills`
CREATE TABLE "scor_skills" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "skill_code" VARCHAR(64) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "required_level" TEXT NOT NULL DEFAULT 'competent',
    "process_id" VARCHAR(36) NOT NULL,
    "practice_id" BIGINT,
    CONSTRAINT "scor_skills_skill_code_key" UNIQUE ("skill_code"),
    CONSTRAINT "scor_skills_required_level_enum" CHECK ("required_level" IN ('novice', 'beginner', 'competent', 'proficient', 'expert')),
    CONSTRAINT "scor_skills_process_id_fkey" FOREIGN KEY ("process_id") REFERENCES "scor_processes" ("id") ON DELETE CASCADE,
    CONSTRAINT "scor_skills_practice_id_fkey" FOREIGN KEY ("practice_id") REFERENCES "scor_practices" ("id") ON DELETE SET NULL
);
CREATE INDEX "scor_skills_process_id_idx" ON "scor_skills" ("process_id");
CREATE INDEX "scor_skills_practice_id_idx" ON "scor_skills" ("practice_id");
