using System.Net;

namespace Huoma.Server.Platform.Outgoing;

/// <summary>Section <c>Huoma:Outgoing</c>: where requests to addresses that tenants typed may go.</summary>
internal sealed class OutgoingOptions
{
    public const string Section = "Huoma:Outgoing";

    /// <summary>Networks that are allowed though they are not public, as <c>10.1.2.3/32,fd00::/8</c>. Empty: public addresses only.</summary>
    public string AllowNetworks { get; init; } = "";

    public bool IsValid => Split().All(text => IPNetwork.TryParse(text, out _));

    public IReadOnlyList<IPNetwork> Networks => [.. Split().Select(IPNetwork.Parse)];

    private string[] Split() => AllowNetworks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
