using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Huoma.Domain.Simulator;
using Huoma.Server.Platform;

namespace Huoma.Server.Simulator.Worlds;

/// <summary>The living world: one change after the other, each stored before anybody hears of it.</summary>
internal sealed class Simulation(SimWorldStore store, TimeProvider time) : IDisposable
{
    /// <summary>Only another process can come in between, and only that often.</summary>
    private const int MostTries = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
    };

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly ConcurrentDictionary<Bell, bool> bells = [];
    private Held? held;

    public async Task<T> ChangeAsync<T>(Func<SimWorld, DateTimeOffset, T> change, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var result = await ChangeInTurnAsync(change, ct);
            foreach (var bell in bells.Keys)
            {
                bell.Ring();
            }

            return result;
        }
        catch
        {
            // Half a change is none: the next one begins with what is stored.
            held = null;
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <param name="read">Gets the world and its version; must not change it, nor give away what can be changed.</param>
    public async Task<T> ReadAsync<T>(Func<SimWorld, long, T> read, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var current = await CurrentAsync(ct);
            return read(current.World, current.Version);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A bell that is rung after every change of this process, until <see cref="Take"/>.</summary>
    public Bell Hang()
    {
        var bell = new Bell();
        bells[bell] = true;
        return bell;
    }

    public void Take(Bell bell) => bells.TryRemove(bell, out _);

    public void Dispose() => turn.Dispose();

    private async Task<T> ChangeInTurnAsync<T>(Func<SimWorld, DateTimeOffset, T> change, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            var current = await CurrentAsync(ct);
            var result = change(current.World, time.GetUtcNow());
            var document = JsonSerializer.Serialize(current.World, Json);
            if (document == current.Document)
            {
                return result;
            }

            // From here on nobody cancels: the change is stored, and known to be.
            if (await store.ReplaceAsync(current.Version, document, CancellationToken.None))
            {
                held = new Held(current.World, current.Version + 1, document);
                return result;
            }

            held = null;
            if (tries == MostTries)
            {
                throw new InvalidOperationException("The simulator's world changes too fast elsewhere.");
            }
        }
    }

    private async Task<Held> CurrentAsync(CancellationToken ct)
    {
        var version = await store.VersionAsync(ct);
        if (held is { } known && known.Version == version)
        {
            return known;
        }

        if (version is null)
        {
            await store.BeginAsync(JsonSerializer.Serialize(new SimWorld(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)))), Json), ct);
        }

        var stored = await store.LoadAsync(ct);
        var world = JsonSerializer.Deserialize<SimWorld>(stored.Document, Json) ?? throw new InvalidOperationException("The simulator's world can not be read.");
        return held = new Held(world, stored.Version, stored.Document);
    }

    private sealed record Held(SimWorld World, long Version, string Document);
}
