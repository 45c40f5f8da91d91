using System.Buffers.Binary;
using Huoma.Domain.Visits;

namespace Huoma.Server.Visits;

/// <summary>What a page's press token says: the slot shown, of which round, through which entrance, and since when it is good.</summary>
internal readonly record struct PressToken(LiveCodeId LiveCodeId, SlotId SlotId, int Round, long ChannelId, DateTimeOffset IssuedAt);

/// <summary>The visitor's cookie and the press token, sealed with the keys of this installation.</summary>
internal sealed class Seals(byte[] visitorKey, byte[] pressKey) : IDisposable
{
    private const int VisitorLength = 12;
    private const int PressLength = 36;

    private readonly Seal visitor = new(visitorKey);
    private readonly Seal press = new(pressKey);

    /// <param name="day">The local day, so that an old cookie can be renewed.</param>
    public string CloseVisitor(long visitorId, int day)
    {
        Span<byte> content = stackalloc byte[VisitorLength];
        BinaryPrimitives.WriteInt64LittleEndian(content, visitorId);
        BinaryPrimitives.WriteInt32LittleEndian(content[8..], day);
        return visitor.Close(content);
    }

    public bool TryOpenVisitor(string text, out long visitorId, out int day)
    {
        Span<byte> content = stackalloc byte[VisitorLength];
        var isOurs = visitor.TryOpen(text, content);
        visitorId = BinaryPrimitives.ReadInt64LittleEndian(content);
        day = BinaryPrimitives.ReadInt32LittleEndian(content[8..]);
        return isOurs;
    }

    public string ClosePress(PressToken token)
    {
        Span<byte> content = stackalloc byte[PressLength];
        BinaryPrimitives.WriteInt64LittleEndian(content, token.LiveCodeId.Value);
        BinaryPrimitives.WriteInt64LittleEndian(content[8..], token.SlotId.Value);
        BinaryPrimitives.WriteInt32LittleEndian(content[16..], token.Round);
        BinaryPrimitives.WriteInt64LittleEndian(content[20..], token.ChannelId);
        BinaryPrimitives.WriteInt64LittleEndian(content[28..], token.IssuedAt.ToUnixTimeMilliseconds());
        return press.Close(content);
    }

    /// <summary>Null when forged, or older than <see cref="PressRules.TokenLifetime"/>.</summary>
    public PressToken? OpenPress(string text, DateTimeOffset now)
    {
        Span<byte> content = stackalloc byte[PressLength];
        if (!press.TryOpen(text, content))
        {
            return null;
        }

        var issuedAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(content[28..]));
        if (issuedAt + PressRules.TokenLifetime <= now)
        {
            return null;
        }

        return new PressToken(
            new LiveCodeId(BinaryPrimitives.ReadInt64LittleEndian(content)),
            new SlotId(BinaryPrimitives.ReadInt64LittleEndian(content[8..])),
            BinaryPrimitives.ReadInt32LittleEndian(content[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(content[20..]),
            issuedAt);
    }

    public void Dispose()
    {
        visitor.Dispose();
        press.Dispose();
    }
}
