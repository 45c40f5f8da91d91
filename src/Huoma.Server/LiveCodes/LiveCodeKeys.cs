using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>Draws the keys of addresses <c>/q/{key}</c>.</summary>
internal static class LiveCodeKeys
{
    /// <summary>Codes and channels are reached by the same address, so a key must not be either's, of whatever tenant and however long deleted.</summary>
    public static async Task<List<string>> FreeAsync(HuomaDb db, int count, CancellationToken ct)
    {
        while (true)
        {
            var keys = Enumerable.Range(0, count).Select(_ => NewId.Key(LiveCodeNumbers.KeyLetters, LiveCodeNumbers.KeyLength)).ToList();
            if (!await db.LiveCodes.IgnoreQueryFilters().AnyAsync(row => keys.Contains(row.Key), ct)
                && !await db.Channels.IgnoreQueryFilters().AnyAsync(row => keys.Contains(row.Key), ct))
            {
                return keys;
            }
        }
    }
}
