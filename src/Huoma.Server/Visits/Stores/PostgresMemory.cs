namespace Huoma.Server.Visits.Stores;

/// <summary>What one writer remembers of the store over its batches.</summary>
internal sealed class PostgresMemory
{
    /// <summary>Codes as they were read last, good as long as their version is the stored one.</summary>
    public Dictionary<LiveCodeId, StoredCode> Codes { get; } = [];

    /// <summary>Counts of their slots as they were read last; they only grow.</summary>
    public Dictionary<(SlotId SlotId, int Round), SlotCount> Counts { get; } = [];

    /// <summary>The ledger's, as the last batch that read it found it.</summary>
    public long Epoch { get; set; }

    /// <summary>In place of what was known of it and of its slots.</summary>
    public void Remember(StoredCode code, Dictionary<(SlotId SlotId, int Round), SlotCount> counts)
    {
        foreach (var slot in Codes.GetValueOrDefault(code.Id)?.Slots ?? [])
        {
            Counts.Remove((slot.Id, slot.Round));
        }

        Codes[code.Id] = code;
        foreach (var slot in code.Slots)
        {
            Counts[(slot.Id, slot.Round)] = counts[(slot.Id, slot.Round)];
        }
    }

    /// <summary>Another connection may lead to another server, which knows less.</summary>
    public void Forget()
    {
        Codes.Clear();
        Counts.Clear();
    }
}
