// The few lines of sh that stand between the server and a step. They lead the step's process group and hold a pipe from
// the server: when the server dies, however hard, the pipe ends and everything of the step is killed.
//
// 1. The leader waits for the program and ends with its status; TERM, INT and HUP reach the program, not the leader.
// 2. The watchdog reads the pipe (descriptor 3). It holds no output open, ignores polite signals, and is reaped by the
//    leader, so that it neither outlives the step nor stays as a zombie where nobody reaps orphans.
// 3. The program gets neither the pipe nor the leader's other descriptors. No parameter is ever part of this text.

import { MARKER } from './environment.ts';

/** Text for `/bin/sh -c`; the program and its arguments follow as `$@`. */
export const LAUNCHER = `
umask 077
ulimit -c 0
{ echo 500 >/proc/self/oom_score_adj; } 2>/dev/null
trap : TERM INT HUP
(
  trap '' TERM INT HUP
  exec >/dev/null 2>&1
  read -r _ <&3
  PATH=/usr/bin:/bin
  self=$(exec sh -c 'echo "$PPID"')
  for entry in $(grep -lsF "${MARKER}=$${MARKER}" /proc/[0-9]*/environ); do
    pid=\${entry#/proc/}
    pid=\${pid%/environ}
    [ "$pid" = "$self" ] || kill -KILL "$pid"
  done
  kill -KILL 0
) &
watchdog=$!
exec 3<&- 4>&2 2>/dev/null
"$@" 2>&4 4>&-
status=$?
kill -KILL "$watchdog"
wait "$watchdog"
exit "$status"
`;
