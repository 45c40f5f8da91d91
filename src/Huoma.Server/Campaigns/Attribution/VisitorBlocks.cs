using Huoma.Domain.Campaigns;
using Huoma.Domain.LiveCodes;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Attribution;

/// <summary>
/// F110 for pages: once a visitor is known to be a member on a blacklist, the codes with that list must not let him in any more. Their pages
/// keep who is blocked in mind as long as the code's version stays, so the version is what is changed.
/// </summary>
internal sealed class VisitorBlocks(HuomaDb db)
{
    /// <summary>Saved with what the caller saves.</summary>
    public async Task TellAsync(Invitee friend, CancellationToken ct)
    {
        if (friend is not { ConfirmedAt: not null, MemberId: { } member })
        {
            return;
        }

        var listed = await db.BlacklistEntries.AsNoTracking().Where(row => row.MemberId == member).Select(row => row.LiveCodeId).Distinct().ToListAsync(ct);
        if (listed.Count == 0)
        {
            return;
        }

        await LiveCodeEdit.LockAsync(db.LiveCodes, listed, ct);
        foreach (LiveCode liveCode in await db.LiveCodes.Where(row => listed.Contains(row.Id)).ToListAsync(ct))
        {
            liveCode.SlotsChanged();
        }
    }
}
