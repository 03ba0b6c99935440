//! What servers print that no test can start, as their manuals show it.

use cqrs_core::schema::{IndexKey, Table};

use crate::dialect::mysql::printed_table::{PrintedTable, Server, table};

fn read(printed: &str) -> Table {
    let server = Server {
        mariadb: false,
        database: "d".to_owned(),
        collation: "utf8mb4_0900_ai_ci".to_owned(),
        collations: [("latin1", "latin1_swedish_ci"), ("utf8mb4", "utf8mb4_0900_ai_ci")]
            .map(|(set, collation)| (set.to_owned(), collation.to_owned()))
            .into(),
    };
    let PrintedTable { table, unknown } = table(&server, "t", printed).unwrap();
    assert_eq!(unknown, []);
    table
}

/// <https://dev.mysql.com/doc/refman/8.4/en/show-create-table.html>,
/// <https://dev.mysql.com/doc/refman/8.4/en/create-table.html>
#[test]
fn tables_of_mysql_are_understood() {
    let found = read(
        "CREATE TABLE `t` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `n` int DEFAULT '5',
  `price` decimal(10,2) NOT NULL DEFAULT '1.50',
  `name` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'it''s',
  `other` varchar(20) CHARACTER SET latin1 DEFAULT NULL,
  `body` text,
  `made` datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `key_of_it` binary(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  `hidden` int DEFAULT NULL /*!80023 INVISIBLE */,
  `place` point NOT NULL /*!80003 SRID 4326 */,
  `on_disk` int /*!50606 STORAGE DISK */ /*!50606 COLUMN_FORMAT DYNAMIC */ DEFAULT NULL,
  `twice` int GENERATED ALWAYS AS ((`n` * 2)) STORED NOT NULL COMMENT 'twice',
  PRIMARY KEY (`id`),
  UNIQUE KEY `by_name` (`name`) COMMENT 'one name',
  KEY `by_call` ((lower(`name`)),`n` DESC) /*!80000 INVISIBLE */,
  SPATIAL KEY `by_place` (`place`),
  FULLTEXT KEY `words` (`body`) /*!50100 WITH PARSER `ngram` */ ,
  CONSTRAINT `up` FOREIGN KEY (`n`) REFERENCES `other`.`up` (`id`) ON DELETE CASCADE,
  CONSTRAINT `loose` CHECK ((`n` > 0)) /*!80016 NOT ENFORCED */
) /*!50100 TABLESPACE `innodb_system` */ ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci STATS_PERSISTENT=1 COMMENT='c'
/*!50100 PARTITION BY RANGE (`id`)
(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB,
 PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */",
    );
    let columns: Vec<String> = found.columns.iter().map(super::super::render::column_definition).collect();
    assert_eq!(
        columns,
        [
            "`id` bigint unsigned NOT NULL AUTO_INCREMENT",
            "`n` int NULL DEFAULT 5",
            "`price` decimal(10,2) NOT NULL DEFAULT 1.50",
            "`name` varchar(20) COLLATE latin1_bin NULL DEFAULT 'it''s'",
            "`other` varchar(20) COLLATE latin1_swedish_ci NULL",
            "`body` text NULL",
            "`made` datetime(6) NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6)",
            "`key_of_it` binary(16) NOT NULL DEFAULT (uuid_to_bin(uuid()))",
            "`hidden` int NULL INVISIBLE",
            "`place` point NOT NULL SRID 4326",
            "`on_disk` int NULL COLUMN_FORMAT DYNAMIC STORAGE DISK",
            "`twice` int GENERATED ALWAYS AS (`n` * 2) STORED NOT NULL COMMENT 'twice'",
        ]
    );
    let [by_call, by_place, words] = &*found.indexes else { panic!("{:?}", found.indexes) };
    assert_eq!(by_call.parts[0].key, IndexKey::Expression("lower(`name`)".into()));
    assert_eq!(*by_call.options, ["INVISIBLE"]);
    assert_eq!(by_place.method.as_deref(), Some("spatial"));
    assert_eq!(*words.options, ["WITH PARSER `ngram`"]);
    assert_eq!(found.uniques[0].comment.as_deref(), Some("one name"));
    assert_eq!(found.foreign_keys[0].references.to_string(), "other.up");
    assert_eq!(
        (found.checks[0].expression.as_ref(), &*found.checks[0].options),
        ("`n` > 0", &["NOT ENFORCED".into()][..])
    );
    assert_eq!(found.comment.as_deref(), Some("c"));
    assert_eq!(
        *found.options,
        [
            "TABLESPACE=`innodb_system`",
            "STATS_PERSISTENT=1",
            "PARTITION BY RANGE (`id`) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)"
        ]
    );
}

#[test]
fn names_in_foreign_keys_may_be_printed_without_quoting() {
    for [key, column] in [["a`b", "`"], ["a``b", "``"]] {
        let found = read(&format!(
            "CREATE TABLE `t` (\n  ```` int NULL,\n  `n` int NULL,\n  \
             CONSTRAINT `{key}` FOREIGN KEY (`n`, `{column}`) REFERENCES `c``d` (`id`, `{column}`),\n  \
             CONSTRAINT `plain` FOREIGN KEY (`n`) REFERENCES `c``d` (`id`) ON DELETE CASCADE\n) ENGINE=InnoDB"
        ));
        let [odd, plain] = &*found.foreign_keys else { panic!("{:?}", found.foreign_keys) };
        assert_eq!((odd.name.as_deref(), plain.name.as_deref()), (Some("a`b"), Some("plain")), "{key}");
        assert_eq!(*odd.columns, ["n", "`"]);
        assert_eq!(
            (odd.references.to_string().as_str(), &*odd.referenced_columns),
            ("c`d", &["id".into(), "`".into()][..])
        );
    }
}

#[test]
fn what_is_not_understood_is_said() {
    let printed = "CREATE TABLE `t` (\n  `a` int(11) NOT NULL,\n  WHATEVER `k` (`a`)\n) ENGINE=InnoDB";
    let problem = table(&Server::default(), "t", printed).err();
    assert_eq!(problem.as_deref(), Some("what is `WHATEVER `k` (`a`)`"));
    assert!(table(&Server::default(), "t", "CREATE TABLE `t`").is_err());
}
