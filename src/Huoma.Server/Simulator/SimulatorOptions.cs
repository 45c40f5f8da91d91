namespace Huoma.Server.Simulator;

/// <summary>Section <c>Huoma:Simulator</c>.</summary>
internal sealed class SimulatorOptions
{
    public const string Section = "Huoma:Simulator";

    /// <summary>The imagined WeChat under <c>/sim</c>. Whoever reaches the server can do everything in it; so never in production.</summary>
    public bool Enabled { get; init; }
}
