-- Initial schema: up on MySQL

-- create table `data_sources`
CREATE TABLE `data_sources` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'Identifier.',
  `name` varchar(100) NOT NULL COMMENT 'Name, as people call the system.',
  `kind` enum('erp','wms','tms','file') NOT NULL COMMENT 'Kind of system.',
  `location` varchar(500) NOT NULL COMMENT 'Where it is.',
  `secret` longtext NULL COMMENT 'Secret to log in with. Commands set it; no query returns it.',
  `enabled` tinyint(1) NOT NULL DEFAULT 1 COMMENT 'Whether it is read on schedule.',
  `created_at` datetime(6) NOT NULL DEFAULT current_timestamp(6) COMMENT 'When the row was made.',
  PRIMARY KEY (`id`),
  UNIQUE KEY `data_sources_name_key` (`name`)
) COMMENT='System that figures are read from.';

-- create table `scor_models`
CREATE TABLE `scor_models` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'Identifier.',
  `code` varchar(32) NOT NULL COMMENT 'Short code: `SCOR-DS`.',
  `edition` varchar(16) NOT NULL COMMENT 'Edition as published by ASCM: `14.0`.',
  `name` varchar(200) NOT NULL COMMENT 'Full title.',
  `description` longtext NULL COMMENT 'Scope: which parts of the reference model this organisation has adopted.',
  `published_on` date NULL COMMENT 'Day of publication.',
  `created_at` datetime(6) NOT NULL DEFAULT current_timestamp(6) COMMENT 'When the row was made.',
  PRIMARY KEY (`id`),
  UNIQUE KEY `scor_models_code_edition_key` (`code`,`edition`)
) COMMENT='Edition of the SCOR reference model that processes and metrics are taken from.';

-- create table `ingestion_runs`
CREATE TABLE `ingestion_runs` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'Identifier.',
  `source_id` bigint NOT NULL COMMENT 'Source that was read.',
  `state` enum('running','succeeded','failed') NOT NULL DEFAULT 'running' COMMENT 'How the run stands.',
  `started_at` datetime(6) NOT NULL DEFAULT current_timestamp(6) COMMENT 'When it began.',
  `finished_at` datetime(6) NULL COMMENT 'When it ended, well or not.',
  `rows_read` bigint NOT NULL DEFAULT 0 COMMENT 'How many rows were read.',
  `error` longtext NULL COMMENT 'What went wrong.',
  PRIMARY KEY (`id`),
  KEY `ingestion_runs_source_id_started_at_idx` (`source_id`,`started_at` DESC),
  CONSTRAINT `ingestion_runs_source_id_fkey` FOREIGN KEY (`source_id`) REFERENCES `data_sources` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT `ingestion_runs_rows_read_positive` CHECK (`rows_read` >= 0)
) COMMENT='One time that a data source was read.';

-- create table `scor_processes`
CREATE TABLE `scor_processes` (
  `id` varchar(36) NOT NULL COMMENT 'Identifier: a UUID in text form.',
  `process_code` varchar(64) NOT NULL COMMENT 'Code in the reference model: `sD1.2`.',
  `name` varchar(200) NOT NULL COMMENT 'Name in the reference model.',
  `description` longtext NULL COMMENT 'Definition in the reference model.',
  `level` int NOT NULL DEFAULT 1 COMMENT 'Level in the hierarchy: 1 major process, 2 configuration, 3 element, 4 and 5 the organisation''s own activities.',
  `model_id` bigint NOT NULL COMMENT 'Edition that the process belongs to.',
  `created_at` datetime(6) NOT NULL DEFAULT current_timestamp(6) COMMENT 'When the row was made.',
  PRIMARY KEY (`id`),
  UNIQUE KEY `scor_processes_process_code_key` (`process_code`),
  KEY `scor_processes_model_id_fkey` (`model_id`),
  KEY `scor_processes_process_code_level_idx` (`process_code`,`level` DESC),
  CONSTRAINT `scor_processes_model_id_fkey` FOREIGN KEY (`model_id`) REFERENCES `scor_models` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT `scor_processes_level_range` CHECK (`level` between 1 and 5)
) COMMENT='Process of the SCOR hierarchy, from a major process (Plan, Source, Make, Deliver, Return) down to its activities.';

-- create table `scor_metrics`
CREATE TABLE `scor_metrics` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'Identifier.',
  `metric_code` varchar(64) NOT NULL COMMENT 'Code in the reference model: `RL.1.1`.',
  `name` varchar(200) NOT NULL COMMENT 'Name in the reference model: `Perfect Order Fulfillment`.',
  `calculation` longtext NULL COMMENT 'How the metric is calculated.',
  `attribute` enum('reliability','responsiveness','agility','cost','asset_management') NOT NULL COMMENT 'Performance attribute.',
  `level` int NOT NULL DEFAULT 1 COMMENT '1 strategic, 2 diagnostic for level 1, 3 diagnostic for level 2.',
  `unit` varchar(32) NOT NULL COMMENT 'Unit of measure: `percent`, `days`, `USD`.',
  `higher_is_better` tinyint(1) NOT NULL DEFAULT 1 COMMENT 'Whether a greater value is a better one.',
  `parent_id` bigint NULL COMMENT 'Metric that this one is a diagnostic for.',
  `process_id` varchar(36) NULL COMMENT 'Process whose performance it measures; none for a metric of the whole supply chain.',
  `created_at` datetime(6) NOT NULL DEFAULT current_timestamp(6) COMMENT 'When the row was made.',
  PRIMARY KEY (`id`),
  UNIQUE KEY `scor_metrics_metric_code_key` (`metric_code`),
  KEY `scor_metrics_attribute_level_idx` (`attribute`,`level`),
  KEY `scor_metrics_parent_id_idx` (`parent_id`),
  KEY `scor_metrics_process_id_idx` (`process_id`),
  CONSTRAINT `scor_metrics_parent_id_fkey` FOREIGN KEY (`parent_id`) REFERENCES `scor_metrics` (`id`) ON DELETE SET NULL ON UPDATE RESTRICT,
  CONSTRAINT `scor_metrics_process_id_fkey` FOREIGN KEY (`process_id`) REFERENCES `scor_processes` (`id`) ON DELETE SET NULL ON UPDATE RESTRICT,
  CONSTRAINT `scor_metrics_level_range` CHECK (`level` between 1 and 3)
) COMMENT='SCOR metric: a standard for measuring the performance of a process.';

-- create table `scor_practices`
CREATE TABLE `scor_practices` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'Identifier.',
  `practice_code` varchar(64) NOT NULL COMMENT 'Code in the reference model: `BP.089`.',
  `name` varchar(200) NOT NULL COMMENT 'Name in the reference model: `Perfect Pick Putaway`.',
  `description` longtext NULL COMMENT 'Description in the reference model.',
  `maturity` enum('emerging','best','standard','declining') NOT NULL DEFAULT 'standard' COMMENT 'Maturity.',
  `process_id` varchar(36) NOT NULL COMMENT 'Process that it configures.',
  PRIMARY KEY (`id`),
  UNIQUE KEY `scor_practices_practice_code_key` (`practice_code`),
  KEY `scor_practices_process_id_idx` (`process_id`),
  CONSTRAINT `scor_practices_process_id_fkey` FOREIGN KEY (`process_id`) REFERENCES `scor_processes` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT
) COMMENT='Practice: a way to configure a process that is known to affect its performance.';

-- create table `scor_process_hierarchies`
CREATE TABLE `scor_process_hierarchies` (
  `parent_id` varchar(36) NOT NULL COMMENT 'Process that is decomposed.',
  `child_id` varchar(36) NOT NULL COMMENT 'Process that it is decomposed into.',
  `position` int NOT NULL DEFAULT 1 COMMENT 'Place among the processes of the same parent, from 1.',
  PRIMARY KEY (`parent_id`,`child_id`),
  KEY `scor_process_hierarchies_child_id_idx` (`child_id`),
  CONSTRAINT `scor_process_hierarchies_child_id_fkey` FOREIGN KEY (`child_id`) REFERENCES `scor_processes` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT `scor_process_hierarchies_parent_id_fkey` FOREIGN KEY (`parent_id`) REFERENCES `scor_processes` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT `scor_process_hierarchies_not_itself` CHECK (`parent_id` <> `child_id`)
) COMMENT='Decomposition of a process into the processes of the next level.';

-- create table `scor_alerts`
CREATE TABLE `scor_alerts` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'Identifier.',
  `metric_id` bigint NOT NULL COMMENT 'Metric that is off.',
  `severity` enum('low','medium','high','critical') NOT NULL DEFAULT 'medium' COMMENT 'Severity.',
  `message` longtext NOT NULL COMMENT 'What happened, for the person who is to act.',
  `raised_at` datetime(6) NOT NULL DEFAULT current_timestamp(6) COMMENT 'When the metric left its range.',
  `acknowledged` tinyint(1) NOT NULL DEFAULT 0 COMMENT 'Whether somebody has taken charge.',
  `acknowledged_at` datetime(6) NULL COMMENT 'When somebody took charge.',
  PRIMARY KEY (`id`),
  KEY `scor_alerts_metric_id_idx` (`metric_id`),
  KEY `scor_alerts_severity_raised_at_idx` (`severity`,`raised_at` DESC),
  CONSTRAINT `scor_alerts_metric_id_fkey` FOREIGN KEY (`metric_id`) REFERENCES `scor_metrics` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT
) COMMENT='Alert: a metric has left the range that was agreed for it.';

-- create table `scor_performance_measurements`
CREATE TABLE `scor_performance_measurements` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'Identifier.',
  `metric_id` bigint NOT NULL COMMENT 'Metric that was measured.',
  `measured_at` datetime(6) NOT NULL COMMENT 'End of the period that the value is for.',
  `value` decimal(14,4) NOT NULL COMMENT 'Measured value, in the unit of the metric.',
  `target` decimal(14,4) NULL COMMENT 'Target for the period: parity, advantage or superior performance, as benchmarked.',
  `ingestion_run_id` bigint NULL COMMENT 'Run that brought the value in; none for one that was entered by hand.',
  `recorded_at` datetime(6) NOT NULL DEFAULT current_timestamp(6) COMMENT 'When the row was made.',
  PRIMARY KEY (`id`),
  UNIQUE KEY `scor_performance_measurements_metric_id_measured_at_key` (`metric_id`,`measured_at`),
  KEY `scor_performance_measurements_ingestion_run_id_idx` (`ingestion_run_id`),
  CONSTRAINT `scor_performance_measurements_ingestion_run_id_fkey` FOREIGN KEY (`ingestion_run_id`) REFERENCES `ingestion_runs` (`id`) ON DELETE SET NULL ON UPDATE RESTRICT,
  CONSTRAINT `scor_performance_measurements_metric_id_fkey` FOREIGN KEY (`metric_id`) REFERENCES `scor_metrics` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT
) COMMENT='Value of a metric at a moment, with the target that was set for it.';

-- create table `scor_skills`
CREATE TABLE `scor_skills` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'Identifier.',
  `skill_code` varchar(64) NOT NULL COMMENT 'Code in the reference model: `HS.0046`.',
  `name` varchar(200) NOT NULL COMMENT 'Name in the reference model: `ERP Systems`.',
  `description` longtext NULL COMMENT 'Experience, training and aptitude that make up the skill.',
  `required_level` enum('novice','beginner','competent','proficient','expert') NOT NULL DEFAULT 'competent' COMMENT 'Competency that the process asks for.',
  `process_id` varchar(36) NOT NULL COMMENT 'Process that needs it.',
  `practice_id` bigint NULL COMMENT 'Practice that needs it, where it is not the whole process.',
  PRIMARY KEY (`id`),
  UNIQUE KEY `scor_skills_skill_code_key` (`skill_code`),
  KEY `scor_skills_practice_id_idx` (`practice_id`),
  KEY `scor_skills_process_id_idx` (`process_id`),
  CONSTRAINT `scor_skills_practice_id_fkey` FOREIGN KEY (`practice_id`) REFERENCES `scor_practices` (`id`) ON DELETE SET NULL ON UPDATE RESTRICT,
  CONSTRAINT `scor_skills_process_id_fkey` FOREIGN KEY (`process_id`) REFERENCES `scor_processes` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT
) COMMENT='Skill that people need to perform a process or to apply a practice.';
