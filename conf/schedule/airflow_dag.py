"""A night of Karat every day at 02:30, for the day before: copy it into the folder of DAGs.

For Airflow 3. In Airflow 2.9 or newer DAG comes from `airflow`, and BashOperator from the provider
apache-airflow-providers-standard as here.
"""

from datetime import timedelta

import pendulum
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG
from airflow.timetables.interval import CronDataIntervalTimetable

# As time_zone in the configuration of Karat.
TIME_ZONE = "Europe/London"

# The data interval of a run begins at 02:30 of the as-of day.
NIGHT = (
    "/opt/karat/scripts/karat run --config /etc/karat/karat.yaml"
    " --as-of {{ data_interval_start.in_timezone('" + TIME_ZONE + "').to_date_string() }}"
    " --log-format json"
)

# Wrong configuration, refused by a check, warnings: these need a person.
FOR_A_PERSON = (2, 4, 7)


class KaratOperator(BashOperator):
    """Retries failures that may be temporary: late input (3), a lock (5), a newer release (6), a crash (1)."""

    def __init__(self, **kwargs):
        super().__init__(skip_on_exit_code=FOR_A_PERSON, **kwargs)

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowSkipException as ended:
            raise AirflowFailException(f"Karat needs a person: {ended}") from ended


with DAG(
    dag_id="karat",
    description="Values all customers, and publishes their tables.",
    schedule=CronDataIntervalTimetable("30 2 * * *", timezone=TIME_ZONE),
    start_date=pendulum.datetime(2026, 1, 1, tz=TIME_ZONE),
    catchup=False,  # True publishes the nights that were missed, in order
    max_active_runs=1,
    tags=["karat"],
):
    KaratOperator(
        task_id="night",
        bash_command=NIGHT,
        retries=6,
        retry_delay=timedelta(minutes=10),
        execution_timeout=timedelta(hours=4),
    )
