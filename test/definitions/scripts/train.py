import os

with open(os.environ["DOWNBEAT_OUTPUTS"], "a") as outputs:
    outputs.write("accuracy=0.9\n")
