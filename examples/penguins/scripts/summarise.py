"""Says what a typical penguin of each species looks like: average and spread of every measurement.

In: clean/clean.csv. Out: summary.json, and the names of the species. The twin of summarise.mjs; no packages needed.
"""

import csv
import json
import os
import statistics
from pathlib import Path

MEASUREMENTS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]

# A file that an earlier step kept lies in $DOWNBEAT_INPUTS/<step>/.
table = Path(os.environ["DOWNBEAT_INPUTS"], "clean", "clean.csv")
with table.open(encoding="utf-8", newline="") as lines:
    penguins = list(csv.DictReader(lines))


def average_and_spread(numbers):
    # One penguin alone has no spread.
    spread = statistics.stdev(numbers) if len(numbers) > 1 else 0
    return {"mean": statistics.fmean(numbers), "spread": spread}


summary = []
for species in sorted({penguin["species"] for penguin in penguins}):
    of_species = [penguin for penguin in penguins if penguin["species"] == species]
    measurements = {
        column: average_and_spread([float(penguin[column]) for penguin in of_species]) for column in MEASUREMENTS
    }
    summary.append({"species": species, "count": len(of_species), "measurements": measurements})
    bill, mass = measurements["bill_length_mm"]["mean"], measurements["body_mass_g"]["mean"] / 1000
    print(f"{species}: {len(of_species)} penguins, a bill of {bill:.1f} mm, {mass:.1f} kg on average.")

Path("summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")

# An output is a line name=value.
with open(os.environ["DOWNBEAT_OUTPUTS"], "a", encoding="utf-8") as outputs:
    print("species=" + ", ".join(entry["species"] for entry in summary), file=outputs)
