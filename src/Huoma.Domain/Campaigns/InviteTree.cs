namespace Huoma.Domain.Campaigns;

/// <summary>邀请关系: who brought whom. Everybody has one inviter at most, so it is a forest; should the data hold a circle all the same, nothing runs for ever.</summary>
public static class InviteTree
{
    /// <summary>Deeper ones are shown at this level.</summary>
    public const int MaxLevel = 32;

    /// <summary>层级 of a participant: 1 when nobody invited him.</summary>
    /// <param name="inviterOf">Who invited a participant, who is one himself.</param>
    public static int LevelOf(ParticipantId id, IReadOnlyDictionary<ParticipantId, ParticipantId> inviterOf) => PathTo(id, inviterOf).Count;

    /// <summary>From the one with whom it began down to this one.</summary>
    public static IReadOnlyList<ParticipantId> PathTo(ParticipantId id, IReadOnlyDictionary<ParticipantId, ParticipantId> inviterOf)
    {
        ArgumentNullException.ThrowIfNull(inviterOf);
        var path = new List<ParticipantId> { id };
        while (path.Count < MaxLevel && inviterOf.TryGetValue(path[^1], out var inviter) && !path.Contains(inviter))
        {
            path.Add(inviter);
        }

        path.Reverse();
        return path;
    }
}
