using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Visits.Replay;

/// <summary>A code as others speak of it.</summary>
internal sealed record CodeName(LiveCodeId Id, string Name, string Number);

/// <summary>What the slots, channels, invitations and codes of logged visits are called, deleted ones too.</summary>
internal sealed record VisitNames(
    IReadOnlyDictionary<long, string> Slots, IReadOnlyDictionary<long, string> Channels, IReadOnlyDictionary<long, InvitationName> Invitations,
    IReadOnlyDictionary<long, CodeName> Codes)
{
    public static async Task<VisitNames> ReadAsync(HuomaDb db, IInvitations invitations, TenantId tenant, IReadOnlyCollection<LoggedVisit> visits, CancellationToken ct)
    {
        var slots = visits.Select(visit => new SlotId(visit.SlotId)).Distinct().ToList();
        var channels = visits.Where(visit => visit.ChannelId > 0).Select(visit => new ChannelId(visit.ChannelId)).Distinct().ToList();
        var codes = visits.Where(visit => visit.ChannelId < 0).Select(visit => new LiveCodeId(-visit.ChannelId)).Distinct().ToList();
        var channelNames = await db.Channels.Where(channel => channels.Contains(channel.Id)).ToDictionaryAsync(channel => channel.Id.Value, channel => channel.Name, ct);
        return new VisitNames(
            await db.Slots.IgnoreQueryFilters([HuomaDb.DeletedFilter]).Where(slot => slots.Contains(slot.Id)).ToDictionaryAsync(slot => slot.Id.Value, slot => slot.Name, ct),
            channelNames,
            await invitations.NamesAsync(tenant, [.. channels.Select(channel => channel.Value).Where(id => !channelNames.ContainsKey(id))], ct),
            await db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).Where(code => codes.Contains(code.Id))
                .ToDictionaryAsync(code => code.Id.Value, code => new CodeName(code.Id, code.Name, code.Number), ct));
    }
}
