using System.Diagnostics;
using System.Globalization;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Calendar = Huoma.Domain.Visits.Calendar;

namespace Huoma.Server.LiveCodes;

/// <summary>What the list of codes is sorted by.</summary>
internal enum LiveCodeSort
{
    Created = 1,

    /// <summary>As a Chinese reader expects: by pinyin, and 群2 before 群10.</summary>
    Name = 2,

    /// <summary>累计扫码次数.</summary>
    Scans = 3,

    /// <summary>When it was deleted, in the recycle bin.</summary>
    Deleted = 4,
}

internal enum SortOrder
{
    Asc = 1,
    Desc = 2,
}

/// <summary>One page of a list of codes in any of its orders.</summary>
internal sealed class LiveCodePages(VisitCountQueries counts, TimeProvider time, Calendar calendar)
{
    private static readonly StringComparer Names =
        StringComparer.Create(CultureInfo.GetCultureInfo("zh-CN"), CompareOptions.IgnoreCase | CompareOptions.NumericOrdering);

    public async Task<IReadOnlyList<LiveCode>> TakeAsync(IQueryable<LiveCode> rows, LiveCodeSort sort, bool ascending, Paging paging, CancellationToken ct)
    {
        switch (sort)
        {
            case LiveCodeSort.Created:
                var byAge = ascending
                    ? rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
                    : rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);
                return await byAge.Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
            case LiveCodeSort.Deleted:
                var byDeletion = ascending
                    ? rows.OrderBy(row => row.DeletedAt).ThenBy(row => row.Id)
                    : rows.OrderByDescending(row => row.DeletedAt).ThenByDescending(row => row.Id);
                return await byDeletion.Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);

            // The databases know neither pinyin nor what the visits count. Ids and names of a tenant's codes are little to sort here.
            case LiveCodeSort.Name:
                var names = await rows.Select(row => new { row.Id, row.Name }).ToListAsync(ct);
                return await LoadAsync(rows, Cut(names, row => row.Name, Names, row => row.Id, ascending, paging), ct);
            case LiveCodeSort.Scans:
                var scans = await counts.ScansAsync(calendar.StartOfDay(time.GetUtcNow()), ct);
                var ids = await rows.Select(row => row.Id).ToListAsync(ct);
                return await LoadAsync(rows, Cut(ids, id => scans.GetValueOrDefault(id), Comparer<long>.Default, id => id, ascending, paging), ct);
            default:
                throw new UnreachableException();
        }
    }

    private static List<LiveCodeId> Cut<T, TKey>(
        List<T> rows, Func<T, TKey> key, IComparer<TKey> comparer, Func<T, LiveCodeId> id, bool ascending, Paging paging)
    {
        var sorted = ascending ? rows.OrderBy(key, comparer) : rows.OrderByDescending(key, comparer);
        return [.. sorted.ThenBy(row => id(row).Value).Skip(paging.Skip).Take(paging.Size).Select(id)];
    }

    private static async Task<IReadOnlyList<LiveCode>> LoadAsync(IQueryable<LiveCode> rows, List<LiveCodeId> ids, CancellationToken ct)
    {
        var found = await rows.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }
}
