using Huoma.Domain.Audit;
using Huoma.Server.Audit;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Bulk;

/// <summary>Changes several codes in one transaction: those that are there all change, or none does.</summary>
internal sealed class BulkEdit(HuomaDb db, CurrentChange change)
{
    public async Task<BulkResponse> RunAsync(IReadOnlyList<string> ids, BulkChange apply, CancellationToken ct)
    {
        var sent = ids.Distinct(StringComparer.Ordinal).Select(id => (Text: id, Id: LiveCodeId.Parse(id))).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // Locked one after the other in ascending order, as batches of visits do: two at once never wait for each other in a circle.
        await LiveCodeEdit.LockAsync(db.LiveCodes, sent.Select(one => one.Id), ct);
        var wanted = sent.ConvertAll(one => one.Id);
        var found = await db.LiveCodes.Where(row => wanted.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        var handingOver = await db.LiveCodes.Where(row => row.HandOver.Enabled && !wanted.Contains(row.Id)).Select(row => new { row.HandOver.TargetId, row.Name }).ToListAsync(ct);
        var outcomes = found.ToDictionary(row => row.Key, row => apply(row.Value, handingOver.Find(other => other.TargetId == row.Key)?.Name));
        change.Is(AuditWay.Bulk);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new BulkResponse([.. sent.Select(one => new BulkResult(one.Text, outcomes.GetValueOrDefault(one.Id, BulkOutcome.NotFound)))]);
    }
}
