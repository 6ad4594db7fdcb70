// The verbs with which one begins: `init`, `serve`, `doctor`, `token`.

import { type Command } from 'commander';
import { doctor } from '../verbs/doctor.ts';
import { init } from '../verbs/init.ts';
import { createToken, listTokens, removeToken } from '../verbs/token.ts';
import { example } from './option-values.ts';
import { type Wanted } from './wanted.ts';
import { GROUPS } from './groups.ts';

/** Adds the verbs with which one begins. */
export function addBeginning(program: Command, wanted: Wanted): void {
  program
    .command('init')
    .helpGroup(GROUPS.begin)
    .description('turn the scripts in a folder into a first definition')
    .argument('[folder]', 'where the scripts lie', '.')
    .addHelpText('after', example('downbeat init my-scripts'))
    .action((folder: string) => {
      wanted.deed((session) => init(session, folder));
    });
  program
    .command('serve')
    .helpGroup(GROUPS.begin)
    .description('start the server; it needs nothing else to be installed')
    .option('--port <number>', 'where it listens (4000; 0 chooses one)')
    .option('--host <address>', 'on which address (127.0.0.1: this machine only)')
    .option('--data-dir <folder>', 'where it keeps everything (.downbeat)')
    .option('--mongo <uri>', 'a MongoDB to use instead of the embedded one')
    .option('--redis <url>', 'a Redis, for several nodes')
    .option('--node-id <name>', 'the name of this node')
    .option('--mongod <path>', 'the mongod program to start')
    .option('--offline', 'fetch nothing from the network')
    .option('--tokens-file <path>', 'who may call, needed on any address but loopback')
    .option('--secrets-file <path>', 'the secrets of steps: a file of name=value, or a folder with a file for each')
    .option('--allowed-hosts <names>', 'host names under which it may be called, with commas between')
    .option(
      '--http-hosts <words>',
      'where http steps may send requests: public, none, hosts, ranges of addresses (public)',
    )
    .option('--kubernetes <path>', 'the cluster of kubernetes steps: a kubeconfig, or in-cluster')
    .option('--kubernetes-namespace <name>', 'where in it they run (as the kubeconfig says)')
    .option('--kubernetes-images <words>', 'how the images begin that may run, with commas between (any)')
    .option('--introspection <on|off>', 'whether the GraphQL schema can be asked for')
    .option('--retention <time>', 'how long cursors, keys and what steps print are kept (30d)')
    .addHelpText('after', example('downbeat serve --port 4100'))
    .action(wanted.serve);
  program
    .command('doctor')
    .helpGroup(GROUPS.begin)
    .description('show every setting, and what is missing')
    .addHelpText('after', example('downbeat doctor'))
    .action(() => {
      wanted.deed(doctor);
    });
  addTokens(program, wanted);
}

function addTokens(program: Command, wanted: Wanted): void {
  const token = program
    .command('token')
    .helpCommand(false)
    .helpGroup(GROUPS.begin)
    .description('say who may call a server from another machine')
    .addHelpText('after', example('downbeat token create --name ada'));
  const verb = (name: string, description: string, line: string): Command =>
    token
      .command(name)
      .description(description)
      .option('--tokens-file <path>', 'where tokens are kept (tokens.json in the data folder)')
      .option('--data-dir <folder>', 'the data folder of the server (.downbeat)')
      .addHelpText('after', example(line));
  verb('create', 'make a token and print it, this one time', 'downbeat token create --name ada')
    .option('--name <name>', 'whose it is, as the history will say (else your user name)')
    .action(({ name }: { readonly name?: string }) => {
      wanted.deed((session) => createToken(session, name));
    });
  verb('list', 'show whose tokens there are', 'downbeat token list').action(() => {
    wanted.deed(listTokens);
  });
  verb('remove', 'take a token back; a server knows at once', 'downbeat token remove ada')
    .argument('<name>', 'whose it is, such as ada')
    .action((name: string) => {
      wanted.deed((session) => removeToken(session, name));
    });
}
