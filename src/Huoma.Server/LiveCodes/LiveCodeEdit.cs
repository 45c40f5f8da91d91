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
    public static async Task<LiveCodeEdit?> BeginAsync(HuomaDb db, LiveCodeId id, LiveCodeId? another, CancellationToken ct)
    {
        var begun = await db.Database.BeginTransactionAsync(ct);
        try
        {
            // Always in the same order, or two that rely on each other's codes would wait for each other.
            foreach (var locked in new[] { id, another ?? id }.Distinct().OrderBy(each => each.Value))
            {
                await LockAsync(db, locked, ct);
            }

            if (await db.LiveCodes.SingleOrDefaultAsync(row => row.Id == id, ct) is { } liveCode)
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

    /// <summary>Writing a row what it holds already locks it, on both databases, until the transaction ends.</summary>
    public static Task LockAsync(HuomaDb db, LiveCodeId id, CancellationToken ct) =>
        db.LiveCodes.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version), ct);

    public async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Undoes what was not saved.</summary>
    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
