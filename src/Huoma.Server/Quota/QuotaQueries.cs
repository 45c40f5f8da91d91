using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Quota;

/// <summary>剩余自动建群数量 of the signed-in tenant (D27, F003).</summary>
internal sealed class QuotaQueries(HuomaDb db)
{
    /// <summary>What the ledger says: granted, less what was made.</summary>
    public async Task<long> LeftAsync(CancellationToken ct) => await db.QuotaEntries.SumAsync(entry => (long)entry.Groups, ct);

    /// <summary>What of it is not promised yet: groups of a first allocation that are still to be made are taken off, so that no code is promised what another gets.</summary>
    public async Task<long> FreeAsync(CancellationToken ct)
    {
        var first = await db.LiveCodes.Where(row => row.Building == Building.Auto).Select(row => new { row.Id, row.Auto.Groups, row.Auto.FirstNumber }).ToListAsync(ct);
        var ids = first.ConvertAll(row => row.Id);
        var made = (await db.Groups.Where(group => ids.Contains(group.LiveCodeId) && group.RoomId != null).Select(group => new { group.LiveCodeId, group.Number }).ToListAsync(ct))
            .ToLookup(group => group.LiveCodeId, group => group.Number);
        return await LeftAsync(ct) - first.Sum(row => row.Groups - made[row.Id].Count(number => number < row.FirstNumber + row.Groups));
    }
}
