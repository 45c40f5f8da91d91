using System.Buffers.Binary;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Visits;

/// <summary>What a page's press token says: the slot shown, of which round, through which entrance, and since when it is good.</summary>
internal readonly record struct PressToken(LiveCodeId LiveCodeId, SlotId SlotId, int Round, long ChannelId, DateTimeOffset IssuedAt);

/// <summary>The visitor's cookie and the press token, sealed with the keys of this installation.</summary>
internal sealed class Seals(byte[] visitorKey, byte[] pressKey) : IDisposable
{
    private const int VisitorLength = 12;
    private const int BindingLength = 20;
    private const int PressLength = 36;

    private readonly Seal visitor = new(visitorKey);
    private readonly Seal press = new(pressKey);

    public string CloseVisitor(VisitorToken token)
    {
        Span<byte> content = stackalloc byte[VisitorLength + (token.Bindings.Count * BindingLength)];
        BinaryPrimitives.WriteInt64LittleEndian(content, token.VisitorId);
        BinaryPrimitives.WriteInt32LittleEndian(content[8..], token.Day);
        for (var at = 0; at < token.Bindings.Count; at++)
        {
            var place = content[(VisitorLength + (at * BindingLength))..];
            BinaryPrimitives.WriteInt64LittleEndian(place, token.Bindings[at].LiveCodeId.Value);
            BinaryPrimitives.WriteInt64LittleEndian(place[8..], token.Bindings[at].SlotId.Value);
            BinaryPrimitives.WriteInt32LittleEndian(place[16..], token.Bindings[at].Round);
        }

        return visitor.Close(content);
    }

    /// <summary>Null when forged.</summary>
    public VisitorToken? OpenVisitor(string text)
    {
        Span<byte> content = stackalloc byte[VisitorLength + (VisitorToken.MaxBindings * BindingLength)];
        if (!visitor.TryOpen(text, content, out var length) || length < VisitorLength)
        {
            return null;
        }

        var bindings = new VisitorBinding[(length - VisitorLength) / BindingLength];
        for (var at = 0; at < bindings.Length; at++)
        {
            var place = content[(VisitorLength + (at * BindingLength))..];
            bindings[at] = new VisitorBinding(
                new LiveCodeId(BinaryPrimitives.ReadInt64LittleEndian(place)), new SlotId(BinaryPrimitives.ReadInt64LittleEndian(place[8..])),
                BinaryPrimitives.ReadInt32LittleEndian(place[16..]));
        }

        return new VisitorToken(BinaryPrimitives.ReadInt64LittleEndian(content), BinaryPrimitives.ReadInt32LittleEndian(content[8..]), bindings);
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
        if (!press.TryOpen(text, content, out var length) || length != PressLength)
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
