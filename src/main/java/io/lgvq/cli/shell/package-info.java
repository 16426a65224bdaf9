/** What every command shares: where the project lies, and how results and failures are said. */
package io.lgvq.cli.shell;
