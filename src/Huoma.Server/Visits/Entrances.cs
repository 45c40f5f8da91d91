using Huoma.Server.Channels;
using Huoma.Server.LiveCodes;

namespace Huoma.Server.Visits;

/// <summary>Where a visitor came in: the code, and which of its entrances.</summary>
/// <param name="Key">What stands in the address he opened.</param>
/// <param name="ChannelId">0: the code's own QR; above 0: a 渠道码; below 0: the code that handed over, with its sign changed.</param>
internal sealed record Entrance(string Key, LiveCodeCard Card, long ChannelId);

/// <summary>Finds what an address leads to: a live code, or a channel of one.</summary>
internal sealed class Entrances(LiveCodeCatalog liveCodes, ChannelCatalog channels)
{
    /// <summary>The entrance of a code's own QR; channels have numbers of their own.</summary>
    public const long OwnChannel = 0;

    /// <summary>Null when nothing was ever at this address.</summary>
    public async ValueTask<Entrance?> FindAsync(string key)
    {
        if (await liveCodes.FindAsync(key) is { } card)
        {
            return new Entrance(key, card, OwnChannel);
        }

        return await channels.FindAsync(key) is { } channel && await liveCodes.FindAsync(channel.LiveCodeKey) is { } parent
            ? new Entrance(key, parent, channel.Id.Value)
            : null;
    }
}
