# Looks at the table before anybody computes with it, and keeps a copy of exactly what this run used.
# In:  $DATA, the path of a CSV file.   Out: measurements.csv, and how many rows it has.
set -eu

echo "Looking at $DATA"

if [ ! -f "$DATA" ]; then
  echo "There is no file $DATA here. Is the path right, and is the file in the definition's 'files:' list?" >&2
  exit 75 # 75 asks for another try: perhaps the file is only late. Any other number but 0 says "it is broken".
fi

cp "$DATA" measurements.csv

# The names in the first line, without quotes and what Excel puts around them (an invisible mark, a carriage return).
header=$(head -n 1 measurements.csv | LC_ALL=C tr -d '"\r\357\273\277')

for column in species island bill_length_mm bill_depth_mm flipper_length_mm body_mass_g; do
  case ",$header," in
    *",$column,"*) ;;
    *)
      echo "The first line of $DATA does not name the column $column. It says: $header" >&2
      echo "The names must be separated by commas, not by semicolons or tabs." >&2
      exit 1
      ;;
  esac
done

lines=$(grep -c . measurements.csv) # a line without an end still counts, an empty one does not
rows=$((lines - 1))                 # the first line has the names of the columns
incomplete=$(tr -d '"\r' < measurements.csv | grep . | grep -cE '(^|,)(NA)?(,|$)' || true)

echo "Found $rows penguins, one a line."
echo "$incomplete of them have a gap somewhere. The next step decides which of those are still useful."

# Outputs are lines 'name=value'. Later steps, and the page, can read them.
echo "rows=$rows" >> "$DOWNBEAT_OUTPUTS"
echo "incomplete=$incomplete" >> "$DOWNBEAT_OUTPUTS"
