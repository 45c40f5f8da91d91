using System.Runtime.InteropServices;
using Huoma.Bench;
using Huoma.Bench.Hosting;

switch (args)
{
    case ["bare", var port, var file]:
        await StaticPage.ServeAsync(port, file);
        return 0;
    case ["naive", var port, var file, var database]:
        await NaiveServer.ServeAsync(port, file, database);
        return 0;
}

await using var stage = new Stage();
void StopEarly(PosixSignalContext signal)
{
    stage.DisposeAsync().AsTask().GetAwaiter().GetResult();
    Environment.Exit(130);
}

using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopEarly);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopEarly);
try
{
    var options = BenchOptions.Parse(args);
    await (args switch
    {
        ["growth", ..] => Growth.RunAsync(stage, options),
        ["reports", ..] => Reports.RunAsync(stage, options),
        _ => Suite.RunAsync(stage, options),
    });
    return 0;
}
catch (Exception exception)
{
    // Caught, so that what was started is stopped.
    await Console.Error.WriteLineAsync(exception.ToString());
    return 1;
}
