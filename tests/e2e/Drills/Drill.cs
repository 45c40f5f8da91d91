using System.Diagnostics;
using System.Text.Json;
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
    private static readonly KeyValuePair<string, string>[] Quiet =
    [
        new("Logging__LogLevel__Default", "Critical"),
        new("Logging__LogLevel__Microsoft.EntityFrameworkCore", "Critical"),
        new("Logging__LogLevel__Microsoft.AspNetCore", "Critical"),
        new("Logging__LogLevel__Npgsql", "Critical"),
        new("Huoma__Accounts__HashIterations", "100000"),
    ];

    /// <summary>Asks until the condition holds.</summary>
    internal static async Task WaitAsync(Func<bool> condition, string what, int seconds = 240)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(5))
        {
            (waited.Elapsed < TimeSpan.FromSeconds(seconds)).ShouldBeTrue($"waited {seconds} s in vain for {what}");
        }
    }

    internal static Task<ServerProcess> StartAsync(Store store, params KeyValuePair<string, string>[] more) => ServerProcess.StartAsync(store, [.. Quiet, .. more]);

    /// <summary>A code with more slots than the drill fills, of a hundred or five hundred places each.</summary>
    internal static async Task<(JsonElement Code, Rotation Rotation)> CreateCodeAsync(ServerProcess server, int slots)
    {
        var thresholds = Enumerable.Repeat(IsLong ? 500 : 100, slots).ToArray();
        var (code, ids) = await (await server.SignInAsync()).CreateCodeWithSlotsAsync(sticky: true, thresholds);
        return (code, new Rotation(ids, thresholds));
    }
}
