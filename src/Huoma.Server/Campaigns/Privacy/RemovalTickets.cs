using System.Buffers.Binary;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Campaigns.Privacy;

/// <summary>Somebody who wants to be forgotten is asked once more; the answer is worth something only with this, from the same phone, and soon.</summary>
internal sealed class RemovalTickets(SecretSeal seal) : IDisposable
{
    private const int Length = 24;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly Seal tickets = new(seal.KeyFor("removal-tickets"));

    public string Make(CampaignId campaign, long visitorId, DateTimeOffset now)
    {
        Span<byte> content = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64LittleEndian(content, campaign.Value);
        BinaryPrimitives.WriteInt64LittleEndian(content[8..], visitorId);
        BinaryPrimitives.WriteInt64LittleEndian(content[16..], now.ToUnixTimeMilliseconds());
        return tickets.Close(content);
    }

    public bool IsGood(string text, CampaignId campaign, long visitorId, DateTimeOffset now)
    {
        Span<byte> content = stackalloc byte[Length];
        return tickets.TryOpen(text, content, out var length) && length == Length
            && BinaryPrimitives.ReadInt64LittleEndian(content) == campaign.Value
            && BinaryPrimitives.ReadInt64LittleEndian(content[8..]) == visitorId
            && now - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(content[16..])) <= Lifetime;
    }

    public void Dispose() => tickets.Dispose();
}
