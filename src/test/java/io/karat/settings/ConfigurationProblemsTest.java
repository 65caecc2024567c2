package io.karat.settings;

import static io.karat.settings.Configurations.LEAST;
import static io.karat.settings.Configurations.problemsOf;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of wrong text on line 8, after the smallest configuration, and of the message about it. */
class ConfigurationProblemsTest {
  /** The other inputs with their required columns. */
  private static final String ALL_INPUTS =
      """
        payments: {path: p, columns: {customer_id: id, payment_time: at, amount: paid}}
        contacts: {path: k, columns: {customer_id: id, contact_time: at, type: type}}
        customers: {path: c, columns: {customer_id: id}}
        opportunities:
          path: o
          columns: {opportunity_id: no, customer_id: id, created_date: at, amount: worth, probability: odds}
        aliases: {path: a, columns: {alias_id: other, customer_id: id}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "currancy: EUR               | unknown key 'currancy'. Did you mean 'currency'?",
        "windows: [365d]             | unknown key 'windows'. It belongs under 'indicators'.",
        "measures: {}                | unknown key 'measures'. It belongs under 'indicators'.",
        "custom: {}                  | unknown key 'custom'. It belongs under 'indicators'.",
        "output: {pathh: x}          | unknown key 'output.pathh'. Did you mean 'output.path'?",
        "output: {colour: x}         | unknown key 'output.colour'. Expected one of: path, publish,"
            + " retention, history_days, metrics_file, umask, postgresql, iceberg, report.",
        "checks: {uniqe: off}        | unknown key 'checks.uniqe'. Did you mean 'checks.unique'?",
        "<<: {name: x}               | unknown key '<<'. Expected one of: name, time_zone,"
            + " currency, money_scale, language, round_amounts, keep_ids, inputs, indicators,"
            + " classification, pyramids, scorecard, rfm, labels, screening, buyer_types,"
            + " churn, clustering, names, lifetime_value, prediction, matching, allocation,"
            + " hierarchy, movement, calendar, checks, output, notify.",
      })
  void anUnknownKeyIsNamedWithItsPath(String line, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "format: jdbc, options: {url: 'jdbc:postgresql://h/d', dbtable: t}, path: p |"
            + " 'inputs.payments.path' is of no use with format jdbc, whose options say where rows"
            + " are. Remove it.",
        "format: jdbc, options: {dbtable: t} | 'inputs.payments.options.url' is missing or wrong,"
            + " expected a URL such as jdbc:postgresql://host:5432/database.",
        "format: jdbc, options: {url: 'jdbc:postgresql://h/d?password=x', query: q} |"
            + " 'inputs.payments.options.url' holds a password, expected the address alone. Write"
            + " the options user and password: ${NAME}.",
        "format: jdbc, options: {url: 'jdbc:mysql://me:x@h/d', query: q} |"
            + " 'inputs.payments.options.url' holds a password, expected the address alone. Write"
            + " the options user and password: ${NAME}.",
        "format: jdbc, options: {url: 'jdbc:postgresql://h/d'} | 'inputs.payments.options' needs"
            + " one of: dbtable, the name of a table; query, a SELECT. Write one.",
        "format: jdbc, options: {url: 'jdbc:postgresql://h/d', query: q, password: hunter2} |"
            + " 'inputs.payments.options.password' is a secret written out: expected ${NAME}, the"
            + " name of an environment variable that holds it.",
        "format: delta, path: [p, q] | 'inputs.payments.path' has several paths, expected the one"
            + " of a table. Keep one.",
        "format: delta, path: p, options: {versionAsOf: x} |"
            + " 'inputs.payments.options.versionAsOf' is wrong, expected the number of a version,"
            + " such as 3.",
        "format: csv | 'inputs.payments.path' is missing, expected a path or a list of paths. Add"
            + " it.",
      })
  void aFormatSaysWhatItsInputNeeds(String keys, String message) {
    String payments =
        "  payments: {columns: {customer_id: id, payment_time: at, amount: paid}, %s}\n";
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf(payments.formatted(keys)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "payments.grain=line              | unknown key 'inputs.payments.grain'. Expected one of:"
            + " path, format, options, join, key, prefer, where, round_amounts, keep_ids,"
            + " columns, extra.",
        "payments.columns.due_date=a      | unknown key 'inputs.payments.columns.due_date'."
            + " Expected one of: customer_id, payment_time, amount, payment_id, transaction_id,"
            + " type.",
        "payments.columns.payment_tme=a   | unknown key 'inputs.payments.columns.payment_tme'. Did"
            + " you mean 'inputs.payments.columns.payment_time'?",
        "payments.columns.customer=a      | unknown key 'inputs.payments.columns.customer'. Did you"
            + " mean 'inputs.payments.columns.customer_id'?",
        "contacts.max_age_days=3          | unknown key 'inputs.contacts.max_age_days'. Expected"
            + " one of: path, format, options, join, key, prefer, where, round_amounts, keep_ids,"
            + " columns, extra.",
        "contacts.columns.satisfction=a   | unknown key 'inputs.contacts.columns.satisfction'. Did"
            + " you mean 'inputs.contacts.columns.satisfaction'?",
        "customers.max_age=3              | unknown key 'inputs.customers.max_age'. Did you mean"
            + " 'inputs.customers.max_age_days'?",
        "customers.columns.region=a       | unknown key 'inputs.customers.columns.region'. Expected"
            + " one of: customer_id, kind, created_date, parent_customer_id, opening_balance,"
            + " display_name, owner. Other attributes are declared under"
            + " 'inputs.customers.characteristics', such as region: {type: category, value: city}.",
        "opportunities.characteristics={} | unknown key 'inputs.opportunities.characteristics'."
            + " Expected one of: path, format, options, join, key, prefer, where, max_age_days,"
            + " round_amounts, keep_ids, columns, extra.",
        "aliases.round_amounts=true       | unknown key 'inputs.aliases.round_amounts'. Expected"
            + " one of: path, format, options, join, key, prefer, where, max_age_days, keep_ids,"
            + " columns.",
        "aliases.columns.alias=a          | unknown key 'inputs.aliases.columns.alias'. Did you"
            + " mean 'inputs.aliases.columns.alias_id'?",
      })
  void eachInputHasItsOwnKeys(String set, String message) {
    assertEquals(
        List.of("--set inputs.%s: %s".formatted(set, message)),
        problemsOf(ALL_INPUTS, "inputs." + set));
  }

  @ParameterizedTest
  @CsvSource({
    "payments,      customer_id",
    "contacts,      customer_id",
    "customers,     customer_id",
    "opportunities, opportunity_id",
    "aliases,       alias_id",
  })
  void anInputNeedsItsPathAndColumns(String input, String firstColumn) {
    String set = "inputs.%s={format: csv}".formatted(input);

    assertEquals(
        List.of(
            "--set %s: 'inputs.%s.path' is missing, expected a path or a list of paths. Add it."
                .formatted(set, input),
            "--set %s: 'inputs.%s.columns' is missing, expected a mapping with keys such as '%s'. Add it."
                .formatted(set, input, firstColumn)),
        problemsOf("", set));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "payments      | payment_time, amount",
        "contacts      | contact_time, type",
        "customers     | ",
        "opportunities | opportunity_id, created_date, amount, probability",
        "aliases       | alias_id",
      })
  void whatAnInputCannotBeReadWithoutIsNamed(String input, String columns) {
    String set = "inputs.%s={path: d, columns: {customer_id: id}}".formatted(input);
    List<String> missing = columns == null ? List.of() : List.of(columns.split(", "));

    assertEquals(
        missing.stream()
            .map(
                column ->
                    "--set %s: 'inputs.%s.columns.%s' is missing, expected a Spark SQL expression. Add it."
                        .formatted(set, input, column))
            .toList(),
        problemsOf("", set));
  }

  @ParameterizedTest
  @CsvSource({"not_null", "between", "accepted_values"})
  void aCheckOfALaterVersionIsRefused(String check) {
    assertEquals(
        List.of(
            "karat.yaml:8: 'checks.%s' is not available in this version. Remove it."
                .formatted(check)),
        problemsOf("checks: {%s: warn}".formatted(check)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: [a]                   | 'name' is a list, expected text.",
        "name:                       | 'name' is empty, expected text.",
        "time_zone: Europe/Londn     | 'time_zone' is 'Europe/Londn', expected a time zone such as"
            + " Europe/London. Did you mean 'Europe/London'?",
        "time_zone: +01:00           | 'time_zone' is '+01:00', expected a time zone such as"
            + " Europe/London.",
        "currency: EURO              | 'currency' is 'EURO', expected an ISO 4217 currency code"
            + " such as EUR.",
        "money_scale: two            | 'money_scale' is 'two', expected a whole number from 0 to"
            + " 6.",
        "money_scale: 7              | 'money_scale' is '7', expected a whole number from 0 to 6.",
        "money_scale: 2.0            | 'money_scale' is '2.0', expected a whole number from 0 to"
            + " 6.",
        "money_scale: {a: 1}         | 'money_scale' is a mapping, expected a whole number from 0"
            + " to 6.",
        "language: eng               | 'language' is 'eng', expected en or zh. Did you mean 'en'?",
        "language: [en]              | 'language' is a list, expected en or zh.",
        "round_amounts: yes          | 'round_amounts' is 'yes', expected true or false.",
      })
  void aValueOfTheWrongKindIsShown(String line, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "indicators: 3                           | 'indicators' is '3', expected a mapping with"
            + " keys such as 'windows'.",
        "indicators: {windows: 90d}              | 'indicators.windows' is '90d', expected a list"
            + " such as [90d, lifetime].",
        "indicators: {windows: []}               | 'indicators.windows' is an empty list, expected"
            + " a list such as [90d, lifetime].",
        "indicators: {windows: [90]}             | 'indicators.windows[0]' is '90', expected"
            + " lifetime or a number of days from 1d to 36500d.",
        "indicators: {windows: [0d]}             | 'indicators.windows[0]' is '0d', expected"
            + " lifetime or a number of days from 1d to 36500d.",
        "indicators: {windows: [90d, 36501d]}    | 'indicators.windows[1]' is '36501d', expected"
            + " lifetime or a number of days from 1d to 36500d.",
        "indicators: {windows: [lifetme]}        | 'indicators.windows[0]' is 'lifetme', expected"
            + " lifetime or a number of days from 1d to 36500d. Did you mean 'lifetime'?",
        "indicators: {windows: [90d, 90d]}       | 'indicators.windows' has '90d' twice. Keep one.",
        "indicators: {measures: [a]}             | 'indicators.measures' is a list, expected a"
            + " mapping of names to measures.",
        "indicators: {measures: {Web: {sum: 1}}} | 'indicators.measures.Web' is not a name:"
            + " expected a-z, then a-z, 0-9 and _, e.g. web_sales.",
        "indicators: {custom: [a]}               | 'indicators.custom' is a list, expected a"
            + " mapping of names to indicators.",
      })
  void indicatorsAreChecked(String line, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                              | 'indicators.measures.web' needs one of: count,"
            + " count_distinct, months,"
            + " sum, min, max, first, first_month, two_largest, largest. Add it.",
        "{sum: a, max: a}                | 'indicators.measures.web' has sum and max, expected only"
            + " one of them. Keep one.",
        "{sum: }                         | 'indicators.measures.web.sum' is empty, expected a Spark"
            + " SQL expression.",
        "{sum: a, per: week}             | 'indicators.measures.web.per' is 'week', expected row,"
            + " transaction, day, product or channel.",
        "{first: a, per: row}            | 'indicators.measures.web.first' needs 'per: day'. Use"
            + " min or max.",
        "{largest: a, per: product}      | 'indicators.measures.web.largest' needs 'per: channel'."
            + " Use count, months, sum, min, max or two_largest.",
        "{sum: a, table: transaction}    | 'indicators.measures.web.table' is 'transaction',"
            + " expected transactions, payments, contacts, customers, opportunities, receivables,"
            + " invoices, complaints or services. Did you mean 'transactions'?",
        "{average: a, sum: a}            | unknown key 'indicators.measures.web.average'. Expected"
            + " one of: table, per, over, where, count, count_distinct, months, sum, min, max,"
            + " first, first_month, two_largest, largest.",
      })
  void aMeasureIsOneAggregate(String measure, String message) {
    assertEquals(
        List.of("karat.yaml:8: " + message),
        problemsOf("indicators: {measures: {web: %s}}".formatted(measure)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{unit: share}              | 'indicators.custom.web.value' is missing, expected a Spark"
            + " SQL expression. Add it.",
        "{value: [a]}               | 'indicators.custom.web.value' is a list, expected a Spark SQL"
            + " expression.",
        "{value: a, unit: shares}   | 'indicators.custom.web.unit' is 'shares', expected count,"
            + " money, share, days, date, text, flag or number. Did you mean 'share'?",
        "{value: a, better: more}   | 'indicators.custom.web.better' is 'more', expected higher or"
            + " lower.",
        "{value: a, window: 90d}    | 'indicators.custom.web.window' is '90d', expected each or"
            + " none.",
        "{value: a, category: sale} | 'indicators.custom.web.category' is 'sale', expected trading,"
            + " financial, contact or characteristic.",
        "{value: a, label: Web}     | 'indicators.custom.web.label' is 'Web', expected a mapping"
            + " with keys such as 'en'.",
        "{value: a, requires: cost} | 'indicators.custom.web.requires' is 'cost', expected a list"
            + " of Karat's tables or columns, such as [cost, contacts.satisfaction].",
        "{value: a, requires: [costs]} | 'indicators.custom.web.requires[0]' is 'costs', expected"
            + " one of Karat's tables or columns, such as payments, cost or contacts.satisfaction."
            + " Did you mean 'cost'?",
        "{value: a, requires: [payment]} | 'indicators.custom.web.requires[0]' is 'payment',"
            + " expected one of Karat's tables or columns, such as payments, cost or"
            + " contacts.satisfaction. Did you mean 'payments'?",
      })
  void anIndicatorIsChecked(String indicator, String message) {
    assertEquals(
        List.of("karat.yaml:8: " + message),
        problemsOf("indicators: {custom: {web: %s}}".formatted(indicator)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{max_quarantine: 1.01}             | 'checks.max_quarantine' is '1.01', expected a number"
            + " from 0 to 1 or a percentage such as 1%.",
        "{max_quarantine: 101%}             | 'checks.max_quarantine' is '101%', expected a number"
            + " from 0 to 1 or a percentage such as 1%.",
        "{max_quarantine: -1}               | 'checks.max_quarantine' is '-1', expected a number"
            + " from 0 to 1 or a percentage such as 1%.",
        "{freshness: warning}               | 'checks.freshness' is 'warning', expected off, warn"
            + " or error.",
        "{freshness: {severity: of}}        | 'checks.freshness.severity' is 'of', expected off,"
            + " warn or error. Did you mean 'off'?",
        "{row_count_change: {max: much}}    | 'checks.row_count_change.max' is 'much', expected a"
            + " number from 0 to 100 or a percentage such as 1%.",
        "{row_count_change: 0.5}            | 'checks.row_count_change' is '0.5', expected off,"
            + " warn or error.",
        "{reconcile: warn}                  | 'checks.reconcile' is 'warn', expected error: a night"
            + " that does not add up is never published.",
        "{reconcile: {severity: off}}       | 'checks.reconcile.severity' is 'off', expected error:"
            + " a night that does not add up is never published.",
      })
  void checksAreChecked(String checks, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf("checks: " + checks));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{publish: directory}            | 'output.publish' is 'directory', expected a list such as"
            + " [directory].",
        "{publish: [directory, iceberg]} | 'output.iceberg.catalog' is missing, expected the name of a"
            + " catalog such as lake. Add it, or take iceberg out of output.publish.",
        "{publish: [iceberg], iceberg: {catalog: My lake}} | 'output.iceberg.catalog' is 'My lake',"
            + " expected the name of a catalog such as lake.",
        "{iceberg: {namespace: a..b}} | 'output.iceberg.namespace' is 'a..b', expected a namespace"
            + " such as karat or sales.karat.",
        "{publish: [folder]}             | 'output.publish[0]' is 'folder', expected directory,"
            + " postgresql or iceberg.",
        "{path: []}                      | 'output.path' is an empty list, expected a path.",
        "{retention: {releases: 1}}      | 'output.retention.releases' is '1', expected a whole"
            + " number from 2 to 10000.",
        "{retention: {quarantine_days: 0}} | 'output.retention.quarantine_days' is '0', expected a"
            + " whole number from 1 to 36500.",
        "{history_days: 0}               | 'output.history_days' is '0', expected a whole number"
            + " from 1 to 36500.",
      })
  void theOutputIsChecked(String output, String message) {
    assertEquals(List.of("karat.yaml:8: " + message), problemsOf("output: " + output));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user: karat                                    | 'output.postgresql.url' is missing,"
            + " expected a URL such as jdbc:postgresql://host:5432/database. Add it, or take"
            + " postgresql out of output.publish.",
        "url: 'jdbc:postgresql:bi'                      | 'output.postgresql.user' is missing,"
            + " expected the name of a role. Add it, or take postgresql out of output.publish.",
        "url: 'jdbc:postgresql:bi', user: k, schema: Karat | 'output.postgresql.schema' is 'Karat',"
            + " expected a name of lower-case letters, digits and _ such as karat, of at most 50.",
        "url: 'jdbc:postgresql:bi', user: k, schema: pg_bi | 'output.postgresql.schema' is 'pg_bi',"
            + " expected a name of lower-case letters, digits and _ such as karat, of at most 50.",
        "url: 'jdbc:postgresql:bi', user: k, connections: 0 | 'output.postgresql.connections' is"
            + " '0', expected a whole number from 1 to 64.",
        "url: 'jdbc:postgresql:bi', user: k, password_file: a, password_variable: B |"
            + " 'output.postgresql' has password_file and password_variable, expected only one of"
            + " them. Keep one.",
        "url: 'jdbc:postgresql:bi', user: k, password: horse | 'output.postgresql.password' is not"
            + " a key: a password is never in a configuration. Set the environment variable that"
            + " password_variable names, or give a password_file.",
        "url: 'jdbc:mysql://host/bi', user: k            | 'output.postgresql.url' is wrong,"
            + " expected a URL such as jdbc:postgresql://host:5432/database.",
        "url: 'postgres://k:horse@host/bi', user: k      | 'output.postgresql.url' holds a user or"
            + " a password, expected the address alone. Write output.postgresql.user, and give the"
            + " password in an environment variable or a file.",
        "url: 'jdbc:postgresql://host/bi?password=horse', user: k | 'output.postgresql.url' holds a"
            + " user or a password, expected the address alone. Write output.postgresql.user, and"
            + " give the password in an environment variable or a file.",
      })
  void theDatabaseIsCheckedAndNoPasswordIsRepeated(String postgresql, String message) {
    assertEquals(
        List.of("karat.yaml:8: " + message),
        problemsOf(
            "output: {publish: [directory, postgresql], postgresql: {%s}}".formatted(postgresql)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notify=hooks.example.com/horse",
        "notify=ftp://hooks.example.com/horse",
        "notify=https://me:horse@hooks.example.com",
        "notify=https://hooks example.com/horse",
        "notify={webhook: 'hooks.example.com/horse'}",
        "notify.webhook=horse",
        "notify=[horse]",
      })
  void anAddressOfAWebhookIsCheckedAndNotRepeated(String set) {
    String key = set.contains("webhook") ? "notify.webhook" : "notify";
    assertEquals(
        List.of(
            "--set %s=***: '%s' is wrong, expected the URL of a webhook, http or https, without user and password, or ${NAME}, the variable that holds it."
                .formatted(set.substring(0, set.indexOf('=')), key)),
        problemsOf("", set));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "path=              | is empty, expected a path or a list of paths.",
        "path=[]            | is an empty list, expected a path or a list of paths.",
        "path=d={as_of}     | has {as_of}, which is for customers, opportunities and aliases. Name"
            + " the folder above it.",
        "path=d={latest}    | has {latest}, which is for customers, opportunities and aliases. Name"
            + " the folder above it.",
        "format=[]          | is an empty list, expected the name of a format.",
        "options=header     | is 'header', expected a mapping of option names to texts.",
        "grain=lines        | is 'lines', expected transaction or line. Did you mean 'line'?",
        "key=InvoiceNo      | is 'InvoiceNo', expected a list of columns, such as [InvoiceNo].",
        "prefer={}          | is an empty mapping, expected a Spark SQL expression.",
        "where=[]           | is an empty list, expected a Spark SQL expression.",
        "round_amounts=1    | is '1', expected true or false.",
        "columns=id         | is 'id', expected a mapping with keys such as 'customer_id'.",
      })
  void transactionsAreChecked(String set, String message) {
    String text = "inputs.transactions." + set;
    String key = text.substring(0, text.indexOf('='));

    assertEquals(List.of("--set %s: '%s' %s".formatted(text, key, message)), problemsOf("", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "path=d/{as_of}/{latest}   | has more than one day. Keep one.",
        "path=d/{latest}/{latest}  | has more than one day. Keep one.",
        "max_age_days=week         | is 'week', expected a whole number from 0 to 36500.",
        "max_age_days=-1           | is '-1', expected a whole number from 0 to 36500.",
      })
  void theDayOfASnapshotIsChecked(String set, String message) {
    String text = "inputs.customers." + set;
    String key = text.substring(0, text.indexOf('='));

    assertEquals(
        List.of("--set %s: '%s' %s".formatted(text, key, message)), problemsOf(ALL_INPUTS, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "region: word                              | 'C.region' is 'word', expected category,"
            + " number, money, flag or date, or a mapping such as {type: category, value: city}.",
        "region: categry                           | 'C.region' is 'categry', expected category,"
            + " number, money, flag or date, or a mapping such as {type: category, value: city}."
            + " Did you mean 'category'?",
        "region: [category]                        | 'C.region' is a list, expected category,"
            + " number, money, flag or date, or a mapping such as {type: category, value: city}.",
        "region:                                   | 'C.region' is empty, expected category,"
            + " number, money, flag or date, or a mapping such as {type: category, value: city}.",
        "region: {value: area}                     | 'C.region.type' is missing, expected category,"
            + " number, money, flag or date. Add it.",
        "region: {type: text}                      | 'C.region.type' is 'text', expected category,"
            + " number, money, flag or date.",
        "region: {type: category, value: {}}       | 'C.region.value' is an empty mapping, expected"
            + " a Spark SQL expression.",
        "region: {type: category, labels: {en: a}} | unknown key 'C.region.labels'. Did you mean"
            + " 'C.region.label'?",
        "size: {type: category, values: {BIG: x}}  | 'C.size.values.BIG' is 'x', expected a number"
            + " such as 3 or -0.5.",
        "size: {type: category, values: [1]}       | 'C.size.values' is a list, expected a mapping"
            + " of categories to numbers.",
        "staff: {type: number, values: {BIG: 1}}   | 'C.staff.values' gives numbers to categories,"
            + " but the type is not category. Remove it.",
        "Region: category                          | 'C.Region' is not a name: expected a-z, then"
            + " a-z, 0-9 and _, e.g. web_sales.",
        "owner: category                           | 'C.owner' is a column of customers. Map it"
            + " under 'inputs.customers.columns'.",
        "customer_id: {type: category}             | 'C.customer_id' is a column of customers. Map"
            + " it under 'inputs.customers.columns'.",
      })
  void characteristicsAreChecked(String declared, String message) {
    String key = "inputs.customers.characteristics";
    String set = "%s={%s}".formatted(key, declared);

    assertEquals(
        List.of("--set %s: %s".formatted(set, message.replace("'C.", "'" + key + "."))),
        problemsOf(ALL_INPUTS, set));
  }

  @Test
  void aColumnThatTheTableDoesNotKnowIsRefused() {
    assertEquals(
        List.of(
            "--set inputs.transactions.columns.chanel=Shop: unknown key"
                + " 'inputs.transactions.columns.chanel'. Did you mean"
                + " 'inputs.transactions.columns.channel'?"),
        problemsOf("", "inputs.transactions.columns.chanel=Shop"));
  }

  @Test
  void anEmptyOptionIsInQuotes() {
    assertEquals(
        List.of(
            "--set inputs.transactions.options.header=: 'inputs.transactions.options.header' is"
                + " empty, expected text, in quotes if it is empty."),
        problemsOf("", "inputs.transactions.options.header="));
  }

  @Test
  void linesNeedTheirTransaction() {
    assertEquals(
        List.of(
            "karat.yaml:4: 'inputs.transactions.columns.transaction_id' is missing, expected a"
                + " Spark SQL expression. Add it."),
        problemsOf("", "inputs.transactions.grain=line"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: x                          | karat.yaml:1: 'inputs' is missing, expected a mapping"
            + " with keys such as 'transactions'. Add it.",
        "inputs: {}                       | karat.yaml:1: 'inputs' has no customers, expected"
            + " one of: transactions, payments, contacts, customers, opportunities. Add it.",
        "inputs: 1                        | karat.yaml:1: 'inputs' is '1', expected a mapping with"
            + " keys such as 'transactions'.",
        "inputs: {transactions: [a]}      | karat.yaml:1: 'inputs.transactions' is a list, expected"
            + " a mapping with keys such as 'path'.",
        "[a, b]                           | karat.yaml:1: the file is a list, expected keys such as"
            + " 'inputs:'. See conf/karat.yaml.",
        "words                            | karat.yaml:1: the file is 'words', expected keys such"
            + " as 'inputs:'. See conf/karat.yaml.",
        "# nothing                        | karat.yaml:1: the file is empty, expected at least"
            + " 'inputs:'. See conf/karat.yaml.",
      })
  void anInputIsRequired(String text, String message) {
    Problems problems = new Problems();

    read(text, Map.of(), problems);

    assertEquals(List.of(message), problems.messages());
  }

  @Test
  void everythingThatIsMissingIsTold() {
    Problems problems = new Problems();

    read("inputs:\n  transactions: {format: csv}", Map.of(), problems);

    assertEquals(
        List.of(
            "karat.yaml:2: 'inputs.transactions.path' is missing, expected a path or a list of"
                + " paths. Add it.",
            "karat.yaml:2: 'inputs.transactions.columns' is missing, expected a mapping with keys"
                + " such as 'customer_id'. Add it."),
        problems.messages());
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertEquals(
        List.of("karat.yaml:9: 'name' is given twice, first at karat.yaml:8. Keep one."),
        problemsOf("name: a\nname: b\n"));
  }

  @Test
  void aBrokenRoundingIsToldOnceThoughInputsInheritIt() {
    assertEquals(
        List.of("karat.yaml:8: 'round_amounts' is 'maybe', expected true or false."),
        problemsOf("round_amounts: maybe"));
  }

  @Test
  void aLongValueIsCutShort() {
    assertEquals(
        List.of(
            "karat.yaml:8: 'money_scale' is '%s…', expected a whole number from 0 to 6."
                .formatted("9".repeat(60))),
        problemsOf("money_scale: " + "9".repeat(61)));
  }

  @Test
  void aBrokenValueIsReplacedByItsDefault() {
    Problems problems = new Problems();

    Settings settings =
        read(LEAST + "money_scale: two\nchecks: {max_quarantine: all}", Map.of(), problems);

    assertEquals(2, problems.messages().size());
    assertEquals(2, settings.moneyScale());
    assertEquals(read(LEAST).checks(), settings.checks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: a: b        | karat.yaml:8: not valid YAML: mapping values are not allowed here.",
        "name: [a          | karat.yaml:8: not valid YAML while parsing a flow sequence: expected"
            + " ',' or ']', but got <stream end>.",
        "name: !!java a    | karat.yaml:8: not valid YAML: Global tag is not allowed:"
            + " tag:yaml.org,2002:java.",
        "name: !shop a     | karat.yaml:8: the tag '!shop' has no meaning here.",
        "? [a, b]          | karat.yaml:8: a list or mapping stands where a key is expected.",
        "checks: &a {b: *a} | karat.yaml:8: 'checks.b' contains itself by an alias.",
      })
  void brokenYamlIsToldAtOnce(String line, String message) {
    UsageException error = assertThrows(UsageException.class, () -> problemsOf(line));

    assertEquals(message, error.getMessage());
  }

  @Test
  void aliasesAreFewSoThatTheyStaySmall() {
    String aliases = "name: [&a {b: c}, %s]".formatted("*a, ".repeat(11));

    UsageException error = assertThrows(UsageException.class, () -> problemsOf(aliases));

    assertEquals(
        "karat.yaml:1: not valid YAML: Number of aliases for non-scalar nodes exceeds the specified"
            + " max=10.",
        error.getMessage());
  }

  @Test
  void aControlCharacterIsNamed() {
    UsageException error = assertThrows(UsageException.class, () -> problemsOf("name: a\u0007"));

    assertEquals("karat.yaml:8: the character U+0007 is not allowed in YAML.", error.getMessage());
  }
}
