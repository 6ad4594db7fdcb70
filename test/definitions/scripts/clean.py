import csv
import os

import pandas

with open(os.path.join(os.environ["DOWNBEAT_INPUTS"], "download", "data.csv")) as table:
    rows = [row for row in csv.reader(table) if all(row)]
with open("clean.csv", "w", newline="") as out:
    csv.writer(out).writerows(rows)
with open(os.environ["DOWNBEAT_OUTPUTS"], "a") as outputs:
    outputs.write(f"rows={len(rows) - 1}\n")
print("with pandas", pandas.__version__)
