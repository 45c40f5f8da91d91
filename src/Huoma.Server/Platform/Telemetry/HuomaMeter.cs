namespace Huoma.Server.Platform.Telemetry;

/// <summary>The name under which every capability keeps its metrics.</summary>
internal static class HuomaMeter
{
    public const string Name = "Huoma";
}
