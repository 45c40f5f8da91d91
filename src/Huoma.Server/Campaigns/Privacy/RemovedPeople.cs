using System.Security.Cryptography;
using System.Text;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Campaigns.Privacy;

/// <summary>
/// Marks in place of the members whose data were removed. Without the key, which is not in the database, a mark tells nothing; with it, the same member is not
/// taken for another friend, so that being forgotten is no way to count twice.
/// </summary>
internal sealed class RemovedPeople(SecretSeal seal)
{
    private const string Prefix = "removed:";
    private const int Bytes = 16;

    private readonly byte[] key = seal.KeyFor("removed-people");

    public string MarkOf(TenantId tenant, string memberId) => MarkOf($"{tenant}:{memberId}");

    /// <summary>Of a visitor, for one campaign.</summary>
    public string MarkOf(CampaignId campaign, long visitorId) => MarkOf(FormattableString.Invariant($"visitor:{campaign}:{visitorId}"));

    private string MarkOf(string who) => Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(who)).AsSpan(0, Bytes));
}
