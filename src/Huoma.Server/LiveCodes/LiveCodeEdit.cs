using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Huoma.Server.LiveCodes;

/// <summary>
/// A change of one code or of its slots. Its row is locked before anything is read, so that editors and batches of visits
/// take turns and nobody decides on what another is changing. Whatever was loaded is to be loaded after <see cref="BeginAsync"/>.
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
    public static Task<LiveCodeEdit?> BeginAsync(HuomaDb db, LiveCodeId id, CancellationToken ct) =>
        LockAsync(db, db.LiveCodes.Where(row => row.Id == id), ct);

    /// <summary>Of a code in the recycle bin, or one that has left it for good; null when there is no such one.</summary>
    public static Task<LiveCodeEdit?> BeginDeletedAsync(HuomaDb db, LiveCodeId id, CancellationToken ct) =>
        LockAsync(db, db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).Where(row => row.Id == id && row.DeletedAt != null), ct);

    public async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Undoes what was not saved.</summary>
    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    private static async Task<LiveCodeEdit?> LockAsync(HuomaDb db, IQueryable<LiveCode> wanted, CancellationToken ct)
    {
        var begun = await db.Database.BeginTransactionAsync(ct);
        try
        {
            // Writing a row what it holds already locks it, on both databases.
            await wanted.ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version), ct);
            if (await wanted.SingleOrDefaultAsync(ct) is { } liveCode)
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
