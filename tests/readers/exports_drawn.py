"""Vendors' export files as the tests draw them: small, invented, one for each layout."""

from __future__ import annotations

import json
from typing import Any


def words_of(line: str) -> list[str]:
    """The words between commas."""
    return line.split(",")


STRAVA_ENGLISH = (
    words_of(
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
        "Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,"
        "Bike Weight,Elapsed Time,Moving Time,Distance"
    )
    + [f"Column {number}" for number in range(18, 43)]
    + ["Perceived Exertion", *map(str, range(44, 94))]
)
STRAVA_GERMAN = (
    words_of(
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,"
        "Distanz,Max. Herzfrequenz,Relative Leistung,Pendeln,Hinweis zur Privatsphäre für Aktivitäten,"
        "Aktivitätsausrüstung,Dateiname,Sportlergewicht,Fahrradgewicht,Verstrichene Zeit,Bewegungszeit,Distanz"
    )
    + [f"Spalte {number}" for number in range(18, 43)]
    + ["Gefühlte Anstrengung", *map(str, range(44, 99))]
)


def in_other_words(columns: list[str], words: dict[int, str]) -> list[str]:
    """The columns with the names of a language at some places, and all others in no language at all.

    What comes twice in one language comes twice in every other.
    """
    first = [columns.index(name) for name in columns]
    return [words.get(at, f"column {at}") for at in first]


def table(columns: list[str], *rows: dict[int, str]) -> bytes:
    """A table of these columns, every cell in quotes; a row names the cells it has by their place."""
    lines = [columns, *([row.get(at, "") for at in range(len(columns))] for row in rows)]
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines).encode()


def strava_row(**said: str) -> dict[int, str]:
    """A line of Strava's layout with the file's name at 12."""
    places = {
        "id": 0,
        "date": 1,
        "name": 2,
        "sport": 3,
        "description": 4,
        "elapsed": 5,
        "km": 6,
        "gear": 11,
        "file": 12,
    }
    places |= {"elapsed_again": 15, "moving": 16, "metres": 17, "effort": 43}
    return {places[name]: value for name, value in {"id": "12070555079", **said}.items()}


def garmin(*activities: dict[str, Any]) -> bytes:
    """Garmin's list of activities."""
    return json.dumps([{"summarizedActivitiesExport": list(activities)}]).encode()


GARMIN_RUN: dict[str, Any] = {
    "activityId": 123456789,
    "name": "Morning Run",
    "activityType": "treadmill_running",
    "sportType": "RUNNING",
    "beginTimestamp": 1704067200000,
    "startTimeGmt": 1704067200000.0,
    "startTimeLocal": 1704070800000.0,
    "duration": 3600500.0,
    "elapsedDuration": 3650000.0,
    "distance": 1000000.0,
    "avgHr": 150.0,
    "directWorkoutRpe": 70,
    "directWorkoutFeel": 75,
    "startLatitude": 52.5,
    "startLongitude": 13.4,
}
POLAR_OLD: dict[str, Any] = {
    "exportVersion": "1.6",
    "name": "Lauf",
    "startTime": "2026-01-03T09:51:43.850",
    "timeZoneOffset": 60,
    "feeling": "0.75",
    "note": "a secret",
    "exercises": [
        {
            "startTime": "2026-01-03T09:51:43.850",
            "stopTime": "2026-01-03T10:01:43.850",
            "timezoneOffset": 60,
            "duration": "PT590.000S",
            "distance": 2000.0,
            "sport": "RUNNING",
            "heartRate": {"min": 80, "avg": 140, "max": 160},
            "samples": {
                "heartRate": [
                    {"dateTime": "2026-01-03T09:51:43.850", "value": 120},
                    {"dateTime": "2026-01-03T09:51:44.850"},
                    {"dateTime": "2026-01-03T09:51:45.850", "value": 122},
                ],
                "distance": [{"dateTime": "2026-01-03T09:51:45.850", "value": 7.5}],
                "recordedRoute": [
                    {"dateTime": "2026-01-03T09:51:43.850", "latitude": 60.1, "longitude": 24.9, "altitude": 12.0}
                ],
            },
        }
    ],
}
POLAR_NEW = """
{"identifier": {"id": "5022701696"}, "startTime": "2020-08-18T10:23:06", "timezoneOffsetMinutes": 120,
 "durationMillis": 3000, "sport": {"id": "1"}, "product": {"modelName": "Polar Vantage M"},
 "exercises": [{"startTime": "2020-08-18T10:23:06", "durationMillis": 3000, "distanceMeters": 9.5,
  "timezoneOffsetMinutes": 120, "sport": {"id": "17"},
  "samples": {"samples": [{"type": "HEART_RATE", "intervalMillis": 1000, "values": [NaN, 100, 101]},
                          {"type": "SPEED", "intervalMillis": 1000, "values": [10.8, NaN, 10.8]}]},
  "routes": {"route": {"startTime": "2020-08-18T10:23:07",
                       "wayPoints": [{"longitude": 4.7, "latitude": 46.9, "altitude": 183.0,
                                      "elapsedMillis": 1000}]}}}]}
"""
SAMSUNG_TABLE = (
    "com.samsung.shealth.exercise,6312008,37\n"
    "live_data_internal,start_latitude,com.samsung.health.exercise.start_time,com.samsung.health.exercise.exercise_type,"
    "com.samsung.health.exercise.duration,com.samsung.health.exercise.distance,com.samsung.health.exercise.time_offset,"
    "com.samsung.health.exercise.mean_heart_rate,com.samsung.health.exercise.live_data\n"
    ",,2024-05-01 21:30:00.000,1002,1800000,5000.5,UTC+0900,151.0,abc.com.samsung.health.exercise.live_data.json,\n"
    ",,2024-05-02 21:30:00.000,1001,1800000,2500,UTC+0900,,,\n"
    ",,2024-05-03 21:30:00.000,15005,1800000,5000,UTC+0900,,,\n"
)
SAMSUNG_LIVE = json.dumps(
    [
        {"start_time": 1714566600000, "heart_rate": 120.0},
        {"start_time": 1714566610000, "heart_rate": 125.0, "cadence": 160.0, "distance": 20.0},
        {"start_time": 1714566620000, "calorie": 1.0},
    ]
).encode()
SAMSUNG_PLACES = json.dumps(
    [
        {"start_time": 1714566600000, "latitude": 37.5, "longitude": 127.0, "altitude": 30.0, "accuracy": 5.0},
        {"start_time": 1714566610000, "latitude": 37.5003, "longitude": 127.0},
    ]
).encode()
ZEPP = (
    "\ufefftype,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),calories(kcal)\n"
    "1,2026-01-01 18:03:16+0000,1800,0.4,0.2,5321.0,0.33,310.0\n"
    "52,2026-01-03 18:03:16+0000,3000,0,0,0,0,280\n"
).encode()
FITBIT = json.dumps(
    [
        {
            "logId": 1,
            "activityName": "Run",
            "activityTypeId": 90009,
            "averageHeartRate": 155,
            "distance": 2.0,
            "distanceUnit": "Mile",
            "duration": 1080000,
            "activeDuration": 1079000,
            "startTime": "02/07/22 21:22:08",
            "source": {"type": "tracker", "name": "Charge 5"},
        },
        {"logId": 2, "activityName": "ランニング", "duration": 600000, "startTime": "10/22/23 07:37:43"},
        {"logId": 3, "activityName": "Walk", "duration": 600000, "startTime": "10/22/23 09:37:43"},
    ]
).encode()
RUNKEEPER_COLUMNS = (
    "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Speed (km/h),Calories Burned,"
    "Climb (m),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File"
)
RUNKEEPER = (
    f"{RUNKEEPER_COLUMNS}\n"
    'a,2026-10-12 18:00:00,Running,,6.10,36:10,5:56,10.1,300.0,,151,"","a secret",\n'
    'b,2026-10-13 18:00:00,Cycling,Along the river,20.5,1:05:12,3:10,18.9,900,,,"","",2026-10-13-180000.gpx\n'
    'c,2026-10-14 18:00:00,Wheelchair,,6.10,36:10,5:56,10.1,300.0,,,"","",\n'
)
NIKE: dict[str, Any] = {
    "id": "1",
    "type": "run",
    "start_epoch_ms": 1791216000000,
    "end_epoch_ms": 1791216030000,
    "active_duration_ms": 20000,
    "summaries": [
        {"metric": "distance", "summary": "total", "value": 0.06},
        {"metric": "heart_rate", "summary": "mean", "value": 140.0},
    ],
    "tags": {"com.nike.name": "Morning Run", "location": "indoors"},
    "moments": [
        {"key": "halt", "value": "pause", "timestamp": 1791216010000},
        {"key": "halt", "value": "resume", "timestamp": 1791216020000},
    ],
    "metrics": [
        {
            "type": "distance",
            "unit": "KM",
            "values": [
                {"start_epoch_ms": 1791216000000, "end_epoch_ms": 1791216010000, "value": 0.03},
                {"start_epoch_ms": 1791216020000, "end_epoch_ms": 1791216030000, "value": 0.03},
            ],
        },
        {"type": "heart_rate", "values": [{"start_epoch_ms": 1791216010000, "value": 140}]},
        {"type": "latitude", "values": [{"start_epoch_ms": 1791216010000, "value": 50.08}]},
        {"type": "longitude", "values": [{"start_epoch_ms": 1791216010000, "value": 14.42}]},
    ],
}
HEALTH_AUTO_EXPORT: dict[str, Any] = {
    "data": {
        "workouts": [
            {
                "name": "Outdoor Run",
                "start": "2026-10-05 18:00:00 +0200",
                "end": "2026-10-05 18:30:00 +0200",
                "duration": 1790,
                "distance": {"qty": 3.1, "units": "mi"},
                "isIndoor": False,
                "avgHeartRate": {"qty": 150, "units": "bpm"},
                "heartRateData": [{"date": "2026-10-05 18:00:01 +0200", "Min": 110, "Avg": 112.5, "Max": 114}],
                "route": [
                    {"lat": 50.08, "lon": 14.42, "altitude": 200, "timestamp": "2026-10-05 18:00:01 +0200"},
                    {"lat": 50.09, "lon": 14.42, "altitude": 201, "timestamp": "2026-10-05 6:06:01\u202fPM +0200"},
                ],
            },
            {"name": "Indoor Run", "start": "2026-10-06 18:00:00 +0200", "duration": 1800, "isIndoor": True},
            {"name": "Outdoor Cycling", "start": "2026-10-07 18:00:00 +0200", "duration": 1800},
        ],
        "stateOfMind": [{"valence": 0.5}],
    }
}
GOOGLE_FIT: dict[str, Any] = {
    "fitnessActivity": "running",
    "startTime": "2026-10-05T18:00:00.000+02:00",
    "endTime": "2026-10-05T18:35:00.000+02:00",
    "duration": "2000s",
    "aggregate": [{"metricName": "com.google.distance.delta", "floatValue": 5000.0}],
}
MAPMYRUN = (
    "Date Submitted,Workout Date,Activity Type,Calories Burned (kCal),Distance (mi),Workout Time (seconds),"
    "Avg Pace (min/mi),Max Pace (min/mi),Avg Speed (mi/h),Max Speed (mi/h),Avg Heart Rate,Steps,Notes,Source,Link\n"
    '"May 6, 2025","May 5, 2025",Indoor Run / Jog,582,4.0,2036,8.4,7.5,7.0,7.9,146,5658,a secret,iPhone,http://x/1\n'
    '"June 4, 2022","June 4, 2022",Bike Ride,348,7.59992,2815,6.1,0.4,9.7,146.25,93,,,iPhone,http://x/2\n'
)
KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.3" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><Placemark>
<name>Evening</name><ExtendedData><Data name="type"><value>running</value></Data></ExtendedData>
<gx:MultiTrack><gx:Track><when>2026-10-05T16:00:00Z</when><when>2026-10-05T16:00:05Z</when>
<gx:coord>14.42 50.08 200</gx:coord><gx:coord>14.42 50.0801 201</gx:coord>
<ExtendedData><SchemaData><gx:SimpleArrayData name="heart_rate"><gx:value>120</gx:value><gx:value/></gx:SimpleArrayData>
</SchemaData></ExtendedData></gx:Track><gx:Track><when>2026-10-05T16:10:00Z</when><gx:coord>14.42 50.09</gx:coord>
</gx:Track></gx:MultiTrack></Placemark></Document></kml>
"""
APPLE = (
    '{"apple_health_workout":{"activity":"HKWorkoutActivityTypeRunning","device":"Watch","distance":[[0.0,0.0],[9.0,30.0]],'
    '"distance_m":40.0,"elapsed_s":60.0,"heart":[[5.0,120.0]],"heart_bpm":120.0,"indoor":true,"offset_s":3600,'
    '"pauses":[[20.0,30.0]],"power":[],"start":1793637000.0,"time_zone":null,"timer_s":50.0}}'
)
RUNTASTIC: dict[str, Any] = {
    "id": "aaaaaaaa-bbbb",
    "start_time": 1672531200000,
    "end_time": 1672533000000,
    "start_time_timezone_offset": 3600000,
    "duration": 1700000,
    "pause": 100000,
    "sport_type_id": "1",
    "notes": "a secret",
    "features": [{"type": "track_metrics", "attributes": {"distance": 5000}}],
}
RUNTASTIC_GPS: list[dict[str, Any]] = [
    {"timestamp": 1672531200000, "latitude": 50.08, "longitude": 14.42, "altitude": 200.0},
    {"timestamp": 1672533000000, "latitude": 50.12, "longitude": 14.42, "altitude": 201.0},
]
RUNTASTIC_HEART: list[dict[str, Any]] = [{"timestamp": 1672531260000, "heart_rate": 150, "duration": 60000}]
HUAWEI_TRACK = (
    "HW_EXT_TRACK_DETAIL@istp=lbs;k=0;lat=50.08;lon=14.42;alt=0.0;t=1.6725312E9;\n"
    "tp=lbs;k=1;lat=90.0;lon=-80.0;alt=0.0;t=0.0;\n"
    "tp=lbs;k=2;lat=50.081;lon=14.42;alt=0.0;t=1.67253126E9;\n"
    "tp=h-r;k=1672531260000;v=150;\ntp=s-r;k=60;v=170;\n"
)
HUAWEI: dict[str, Any] = {
    "sportType": 4,
    "timeZone": "+0200",
    "startTime": 1672531200000,
    "endTime": 1672531260000,
    "totalTime": 55000,
    "totalDistance": 150,
    "partTimeMap": {},
    "attribute": f"{HUAWEI_TRACK}&&HW_EXT_TRACK_SIMPLIFY@is{{}}",
}
SUUNTO = {
    "DeviceLog": {
        "Header": {
            "ActivityType": 82,
            "DateTime": "2026-10-05T18:00:00.000+02:00",
            "Distance": 84,
            "Duration": 30.0,
            "Device": {"Name": "Suunto Race", "Info": {"SW": "2.35.34"}},
        },
        "Samples": [
            sample
            for second in range(31)
            for sample in (
                {
                    "TimeISO8601": f"2026-10-05T18:00:{second:02}.000+02:00",
                    "Latitude": 0.8738 + second * 2.8 / 6_371_000,
                    "Longitude": 0.2517,
                    "GPSAltitude": 200,
                },
                {
                    "TimeISO8601": f"2026-10-05T18:00:{second:02}.000+02:00",
                    "HR": 2.4,
                    "Cadence": 2.9,
                    "Distance": 2.8 * second,
                    "Temperature": 285.15,
                },
                {"TimeISO8601": f"2026-10-05T18:00:{second:02}.500+02:00", "Events": [{"Lap": {"Type": "Manual"}}]},
            )
        ],
    }
}
ALL = {
    "suunto": json.dumps(SUUNTO).encode(),
    "huawei": json.dumps([HUAWEI]).replace('"partTimeMap": {}', '"partTimeMap": {1.0: 50.0}').encode(),
    "runtastic": json.dumps(
        {"adidas_session": {"sport": "1", "start_time": 1672531200000, "duration": 60000}}
    ).encode(),
    "apple": APPLE.encode(),
    "googlefit": json.dumps(GOOGLE_FIT).encode(),
    "healthautoexport": json.dumps(HEALTH_AUTO_EXPORT).encode(),
    "kml": KML.encode(),
    "mapmyrun": MAPMYRUN.encode(),
    "nike": json.dumps(NIKE).encode(),
    "runkeeper": RUNKEEPER.encode(),
    "strava": table(
        STRAVA_ENGLISH,
        strava_row(date="May 29, 2022, 3:53:35 PM", name="By hand", sport="Run", elapsed="1800", km="5.00"),
        strava_row(date="May 30, 2022, 3:53:35 PM", name="File", sport="Run", file="activities/1.fit.gz"),
    ),
    "garmin": garmin(GARMIN_RUN),
    "polar-1": json.dumps(POLAR_OLD).encode(),
    "polar-2": POLAR_NEW.encode(),
    "samsung-table": SAMSUNG_TABLE.encode(),
    "samsung-live": SAMSUNG_LIVE,
    "samsung-places": SAMSUNG_PLACES,
    "zepp": ZEPP,
    "fitbit": FITBIT,
}
