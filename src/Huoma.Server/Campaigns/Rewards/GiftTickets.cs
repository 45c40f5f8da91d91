using System.Buffers.Binary;
using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Campaigns.Rewards;

/// <summary>Tickets of one-time links: sealed, good for a day, of one participant. Opening one needs his cookie as well (U8).</summary>
internal sealed class GiftTickets(SecretSeal seal) : IDisposable
{
    private const int Length = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Seal tickets = new(seal.KeyFor("reward-tickets"));

    public string Make(Participant participant, DateTimeOffset now)
    {
        Span<byte> content = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64LittleEndian(content, participant.Id.Value);
        BinaryPrimitives.WriteInt64LittleEndian(content[8..], now.ToUnixTimeMilliseconds());
        return tickets.Close(content);
    }

    /// <summary>Null when forged or too old.</summary>
    public ParticipantId? Open(string text, DateTimeOffset now)
    {
        Span<byte> content = stackalloc byte[Length];
        if (!tickets.TryOpen(text, content, out var length) || length != Length)
        {
            return null;
        }

        var madeAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(content[8..]));
        return now - madeAt <= Lifetime ? new ParticipantId(BinaryPrimitives.ReadInt64LittleEndian(content)) : null;
    }

    public void Dispose() => tickets.Dispose();
}
