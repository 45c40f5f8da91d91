using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Huoma.Server.LiveCodes;

/// <summary>
/// A change of one code or of its slots. Its row is locked before anything is read, so that editors and batches of visits
/// take turns and nobody decides on what another is changing. Whatever was loaded is to be loaded after it began.
/// </summary>
internal sealed class LiveCodeEdit : IAsyncDisposable
{
    private readonly HuomaDb db;
    private readonly IDbContextTransaction transaction;

    private LiveCodeEdit(HuomaDb db, IDbContextTransaction transaction, LiveCode liveCode)
    {
        this.db = db;
        this.transaction = transaction;
        LiveCode = liveCode;
    }

    public LiveCode LiveCode { get; }

    /// <summary>Null when there is no such code (any more).</summary>
    public static Task<LiveCodeEdit?> BeginAsync(HuomaDb db, LiveCodeId id, CancellationToken ct) => BeginAsync(db, id, another: null, ct);

    /// <inheritdoc cref="BeginAsync(HuomaDb, LiveCodeId, CancellationToken)"/>
    /// <param name="another">A code the change relies on: it is locked as well, and stays as it is.</param>
    public static Task<LiveCodeEdit?> BeginAsync(HuomaDb db, LiveCodeId id, LiveCodeId? another, CancellationToken ct) =>
        BeginAsync(db, db.LiveCodes, id, another, ct);

    /// <summary>Of a code in the recycle bin, or one that has left it for good; null when there is no such one.</summary>
    public static Task<LiveCodeEdit?> BeginDeletedAsync(HuomaDb db, LiveCodeId id, CancellationToken ct) =>
        BeginAsync(db, db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).Where(row => row.DeletedAt != null), id, another: null, ct);

    /// <summary>Locks several until the transaction ends, always in the same order, or two that rely on each other's codes would wait for each other.</summary>
    public static async Task LockAsync(IQueryable<LiveCode> among, IEnumerable<LiveCodeId> ids, CancellationToken ct)
    {
        foreach (var id in ids.Distinct().OrderBy(each => each.Value))
        {
            // Writing a row what it holds already locks it, on both databases.
            await among.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version), ct);
        }
    }

    public async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Undoes what was not saved.</summary>
    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    private static async Task<LiveCodeEdit?> BeginAsync(HuomaDb db, IQueryable<LiveCode> among, LiveCodeId id, LiveCodeId? another, CancellationToken ct)
    {
        var begun = await db.Database.BeginTransactionAsync(ct);
        try
        {
            await LockAsync(among, [id, another ?? id], ct);
            if (await among.SingleOrDefaultAsync(row => row.Id == id, ct) is { } liveCode)
            {
                return new LiveCodeEdit(db, begun, liveCode);
            }
        }
        catch
        {
            await begun.DisposeAsync();
            throw;
        }

        await begun.DisposeAsync();
        return null;
    }
}
