using Huoma.Server.Channels;
using Huoma.Server.LiveCodes;

namespace Huoma.Server.Visits;

/// <summary>Where a visitor came in: the code, and which of its entrances.</summary>
/// <param name="Key">What stands in the address he opened.</param>
/// <param name="ChannelId">0: the code's own QR; above 0: a 渠道码 or an invitation; below 0: the code that handed over, with its sign changed.</param>
/// <param name="Invitation">Null: it is none.</param>
internal sealed record Entrance(string Key, LiveCodeCard Card, long ChannelId, InvitationEntrance? Invitation = null);

/// <summary>Finds what an address leads to: a live code, a channel of one, or an invitation to one.</summary>
internal sealed class Entrances(LiveCodeCatalog liveCodes, ChannelCatalog channels, IInvitations invitations)
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

        if (await channels.FindAsync(key) is { } channel)
        {
            return await liveCodes.FindAsync(channel.LiveCodeKey) is { } parent ? new Entrance(key, parent, channel.Id.Value) : null;
        }

        return await invitations.FindAsync(key) is { } invitation && await liveCodes.FindAsync(invitation.LiveCodeKey) is { } invitedTo
            ? new Entrance(key, invitedTo, invitation.Id, invitation)
            : null;
    }
}
