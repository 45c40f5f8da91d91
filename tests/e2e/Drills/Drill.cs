using System.Diagnostics;
using Huoma.E2E.Hosting;

namespace Huoma.E2E.Drills;

/// <summary>The drills run one after the other and beside nothing else: they measure how long things take.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Drill
{
    public const string Name = "Drills";

    /// <summary><c>make drill</c> asks for the long form, CI runs the short one.</summary>
    internal static bool IsLong { get; } = Environment.GetEnvironmentVariable("HUOMA_DRILL") == "long";

    /// <summary>What a server under fire has to say is said by the ledger.</summary>
    internal static KeyValuePair<string, string> Quiet { get; } = new("Logging__LogLevel__Default", "Critical");

    /// <summary>Asks until the condition holds.</summary>
    internal static async Task WaitAsync(Func<bool> condition, string what, int seconds = 240)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(5))
        {
            (waited.Elapsed < TimeSpan.FromSeconds(seconds)).ShouldBeTrue($"waited {seconds} s in vain for {what}");
        }
    }

    internal static Task<ServerProcess> StartAsync(Store store) => ServerProcess.StartAsync(store, Quiet);
}
