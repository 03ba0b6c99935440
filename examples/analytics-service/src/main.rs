//! Migrates its database, writes a few figures the first time, and shows them: `cargo run -p analytics-service`.
//!
//! The database is `DATABASE_URL`, or else the file `analytics.db` in this package's folder.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the table is what this program is for")]

use std::error::Error;
use std::process::ExitCode;

use analytics_service::scor::{
    PerformanceAttribute, ScorAlertColumn, ScorAlertRead, ScorAlertWrite, ScorMetricKey, ScorMetricRead,
    ScorMetricWrite, ScorModelWrite, ScorPerformanceMeasurementRead, ScorPerformanceMeasurementWrite,
    ScorProcessHierarchyWrite, ScorProcessKey, ScorProcessRead, ScorProcessWrite, Severity,
};
use analytics_service::source::{DataSourceWrite, IngestionRunPatch, IngestionRunWrite, RunState, SourceKind};
use chrono::{NaiveDate, Utc};
use cqrs_core::SqlEnum;
use cqrs_core::execute::{self, Database, ReadHandle, Transaction};
use cqrs_core::sea_query::{Expr, ExprTrait, Order};
use cqrs_migrate::{DatabaseUrl, Migrator};
use rust_decimal::Decimal;

const DEFAULT_DATABASE: &str = concat!("sqlite:", env!("CARGO_MANIFEST_DIR"), "/analytics.db?mode=rwc");
const DELIVER: &str = "00000000-0000-4000-8000-0000000000d1";
const DELIVER_STOCKED: &str = "00000000-0000-4000-8000-000000000d11";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            if let Some(help) = error.downcast_ref::<cqrs_migrate::Error>().and_then(cqrs_migrate::Error::help) {
                eprintln!("help: {help}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| DEFAULT_DATABASE.to_owned());
    migrate(&url).await?;
    let database = Database::connect(&url).await?;
    write_first_figures(&database).await?;
    show(&database.read()).await?;
    Ok(())
}

/// Brings the database to the schema of the models: shows the plan, applies it, and has it compared with what came out.
async fn migrate(url: &str) -> Result<(), Box<dyn Error>> {
    let migrator = Migrator::new(url, analytics_service::schema()?)?;
    println!("database: {}\n", DatabaseUrl::parse(url)?);
    let planned = migrator.plan().await?;
    println!("{planned}");
    if !planned.is_empty() {
        let migrated = migrator.migrate().await?;
        println!("applied {} statements, and the database is now what the models declare\n", migrated.statements());
    }
    Ok(())
}

/// Writes everything in one transaction, unless it was written before.
async fn write_first_figures(database: &Database) -> Result<(), execute::Error> {
    let mut transaction = database.write().begin().await?;
    if transaction.get::<ScorProcessRead>(&ScorProcessKey { id: DELIVER.to_owned() }).await?.is_some() {
        return transaction.rollback().await;
    }
    write_processes(&mut transaction).await?;
    write_measurements(&mut transaction).await?;
    transaction.commit().await
}

async fn write_processes(transaction: &mut Transaction) -> Result<(), execute::Error> {
    let model = transaction
        .insert(&ScorModelWrite {
            published_on: NaiveDate::from_ymd_opt(2022, 9, 18),
            ..ScorModelWrite::new("SCOR-DS".to_owned(), "14.0".to_owned(), "SCOR Digital Standard".to_owned())
        })
        .await?;
    for (id, process_code, name, level) in
        [(DELIVER, "sD", "Deliver", 1), (DELIVER_STOCKED, "sD1", "Deliver Stocked Product", 2)]
    {
        transaction
            .insert(&ScorProcessWrite {
                level: Some(level),
                ..ScorProcessWrite::new(id.to_owned(), process_code.to_owned(), name.to_owned(), model.id)
            })
            .await?;
    }
    transaction.insert(&ScorProcessHierarchyWrite::new(DELIVER.to_owned(), DELIVER_STOCKED.to_owned())).await?;
    Ok(())
}

async fn write_measurements(transaction: &mut Transaction) -> Result<(), execute::Error> {
    let source = transaction
        .insert(&DataSourceWrite::new(
            "Warehouse Hamburg".to_owned(),
            SourceKind::Wms,
            "https://wms.example/api".to_owned(),
        ))
        .await?;
    let run = transaction.insert(&IngestionRunWrite::new(source.id)).await?;
    let figures = [
        ("RL.1.1", "Perfect Order Fulfillment", PerformanceAttribute::Reliability, "percent", true, 912, 950),
        ("RS.1.1", "Order Fulfillment Cycle Time", PerformanceAttribute::Responsiveness, "days", false, 46, 40),
        ("AM.1.1", "Cash-to-Cash Cycle Time", PerformanceAttribute::AssetManagement, "days", false, 385, 400),
    ];
    for (metric_code, name, attribute, unit, higher_is_better, tenths, target_tenths) in figures {
        let metric = transaction
            .insert(&ScorMetricWrite {
                higher_is_better: Some(higher_is_better),
                process_id: Some(DELIVER.to_owned()),
                ..ScorMetricWrite::new(metric_code.to_owned(), name.to_owned(), attribute, unit.to_owned())
            })
            .await?;
        let (value, target) = (Decimal::new(tenths, 1), Decimal::new(target_tenths, 1));
        transaction
            .insert(&ScorPerformanceMeasurementWrite {
                target: Some(target),
                ingestion_run_id: Some(run.id),
                ..ScorPerformanceMeasurementWrite::new(metric.id, Utc::now(), value)
            })
            .await?;
        if (value < target) == higher_is_better {
            transaction
                .insert(&ScorAlertWrite {
                    severity: Some(Severity::High),
                    ..ScorAlertWrite::new(metric.id, format!("{name} is {value} {unit}, the target is {target}"))
                })
                .await?;
        }
    }
    let done = IngestionRunPatch {
        state: Some(RunState::Succeeded),
        finished_at: Some(Some(Utc::now())),
        rows_read: Some(3),
        ..IngestionRunPatch::default()
    };
    transaction.update(&run, &done).await?;
    Ok(())
}

async fn show(read: &ReadHandle) -> Result<(), execute::Error> {
    println!("{:<8} {:<30} {:<16} {:>9} {:>9}  unit", "metric", "name", "attribute", "value", "target");
    for measurement in read.list::<ScorPerformanceMeasurementRead>(20).await? {
        let Some(metric): Option<ScorMetricRead> = read.get(&ScorMetricKey { id: measurement.metric_id }).await? else {
            continue;
        };
        println!(
            "{:<8} {:<30} {:<16} {:>9} {:>9}  {}",
            metric.metric_code,
            metric.name,
            metric.attribute.label(),
            measurement.value.normalize(),
            measurement.target.map_or_else(String::new, |target| target.normalize().to_string()),
            metric.unit,
        );
    }
    let alerts: Vec<ScorAlertRead> = read
        .query()
        .filter(Expr::col(ScorAlertColumn::Acknowledged).eq(false))
        .order_by(ScorAlertColumn::Id, Order::Asc)
        .limit(20)
        .all()
        .await?;
    println!();
    for alert in alerts {
        println!("{} alert: {}", alert.severity.label(), alert.message);
    }
    Ok(())
}
