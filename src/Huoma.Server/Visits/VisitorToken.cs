namespace Huoma.Server.Visits;

/// <summary>The group a visitor was shown last under a code.</summary>
internal readonly record struct VisitorBinding(LiveCodeId LiveCodeId, SlotId SlotId, int Round);

/// <summary>
/// What a visitor carries in his cookie: who he is, and which groups he was shown last. The store alone decides; what is written here only
/// serves him his group again when the store can not be asked.
/// </summary>
/// <param name="Day">The local day it was written, so that an old cookie can be renewed.</param>
/// <param name="Bindings">The latest first.</param>
internal sealed record VisitorToken(long VisitorId, int Day, IReadOnlyList<VisitorBinding> Bindings)
{
    /// <summary>Few people follow more codes of one operator at a time, and the cookie goes with every request.</summary>
    public const int MaxBindings = 4;

    public VisitorBinding? BindingOf(LiveCodeId id)
    {
        foreach (var binding in Bindings)
        {
            if (binding.LiveCodeId == id)
            {
                return binding;
            }
        }

        return null;
    }

    public VisitorToken With(VisitorBinding shown) => this with
    {
        Bindings = Bindings.Count == 0 ? [shown] : [shown, .. Bindings.Where(binding => binding.LiveCodeId != shown.LiveCodeId).Take(MaxBindings - 1)],
    };
}
