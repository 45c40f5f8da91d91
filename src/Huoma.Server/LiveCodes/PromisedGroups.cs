using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Quota;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>What of 剩余自动建群数量 no code was promised yet (F040).</summary>
internal sealed class PromisedGroups(HuomaDb db, QuotaQueries quota)
{
    /// <summary>Groups of a first allocation that are still to be made are taken off, so that no code is promised what another gets.</summary>
    public async Task<long> FreeAsync(CancellationToken ct)
    {
        var first = await db.LiveCodes.Where(row => row.Building == Building.Auto).Select(row => new { row.Id, row.Auto.Groups, row.Auto.FirstNumber }).ToListAsync(ct);
        var ids = first.ConvertAll(row => row.Id);
        var made = (await db.Groups.Where(group => ids.Contains(group.LiveCodeId) && group.RoomId != null).Select(group => new { group.LiveCodeId, group.Number }).ToListAsync(ct))
            .ToLookup(group => group.LiveCodeId, group => group.Number);
        return await quota.LeftAsync(ct) - first.Sum(row => row.Groups - made[row.Id].Count(number => number < row.FirstNumber + row.Groups));
    }
}
