using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>What belongs to the same transaction as a slot's new picture; with a problem neither takes place.</summary>
/// <param name="oldImageId">Null for a new slot.</param>
internal delegate Task<ProblemHttpResult?> BeforeSaving(SlotId slotId, ImageId? oldImageId, CancellationToken ct);
