using System.Globalization;
using Huoma.Bench.Hosting;
using Huoma.Bench.Load;

namespace Huoma.Bench;

/// <summary>A server with its codes, and the requests to send to it.</summary>
internal sealed record Target(IReadOnlyList<HuomaServer> Servers, IReadOnlyList<string> Keys, string Folder, string Name)
{
    private const int PoolSize = 20_000;

    private readonly Dictionary<string, string> lists = new(StringComparer.Ordinal);

    public string HotPath => $"/q/{Keys[0]}";

    public IReadOnlyList<string> Paths => [.. Keys.Select(key => $"/q/{key}")];

    /// <summary>hot, codes; with -returning or -press for visitors who were here before.</summary>
    public async Task<string?> ListAsync(string kind)
    {
        if (kind == "hot")
        {
            return null;
        }

        if (!lists.TryGetValue(kind, out var list))
        {
            lists[kind] = list = await WriteAsync(kind);
        }

        return list;
    }

    public async Task<Sample> RunAsync(string kind, int servers, int connections, int seconds)
    {
        var used = Servers.Take(servers).ToList();
        // The database's share counts once, however many servers use it.
        long Cpu() => used[0].Cpu() + used.Skip(1).Sum(server => Child.Cpu(server.Process.Id, withBuried: false).Ticks);
        return await Wrk.RunAsync([.. used.Select(server => server.Port)], HotPath, await ListAsync(kind), connections, seconds, Cpu);
    }

    private async Task<string> WriteAsync(string kind)
    {
        var file = Path.Combine(Folder, $"{Name}-{kind}");
        var port = Servers[0].Port;
        var keys = kind.StartsWith("hot", StringComparison.Ordinal) ? [Keys[0]] : Keys;
        return kind.Split('-') switch
        {
            [_, "returning"] => Visitors.WriteReturning(file, keys, Visitors.Gather(port, keys, PoolSize)),
            [_, "press"] => await Visitors.WritePressesAsync(file, port, keys, Visitors.Gather(port, keys, PoolSize)),
            _ => Visitors.WriteScans(file, Paths),
        };
    }
}

/// <summary>Everything that runs during a benchmark, started when it is first needed.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const int Codes = 1_000;

    private readonly string folder = Directory.CreateTempSubdirectory("huoma-bench-lists-").FullName;
    private readonly Dictionary<string, Target> targets = new(StringComparer.Ordinal);
    private readonly Stack<IAsyncDisposable> started = new();
    private (Child Child, int Port)? bare;
    private (Child Child, int Port)? naive;

    public PostgresCluster? Cluster { get; private set; }

    public string Folder => folder;

    public async Task<PostgresCluster> ClusterAsync() => Cluster ??= Keep(await PostgresCluster.StartAsync());

    public T Keep<T>(T thing)
        where T : IAsyncDisposable
    {
        started.Push(thing);
        return thing;
    }

    /// <summary>sqlite; postgres; slow (PostgreSQL whose commits take 3 ms longer).</summary>
    public async Task<Target> TargetAsync(string store)
    {
        if (!targets.TryGetValue(store, out var target))
        {
            var cluster = store switch
            {
                "postgres" => await ClusterAsync(),
                "slow" => Keep(await PostgresCluster.StartAsync("commit_delay=3000", "commit_siblings=0")),
                _ => null,
            };
            targets[store] = target = await MakeAsync(store, cluster);
        }

        return target;
    }

    public async Task<Target> MakeAsync(string name, PostgresCluster? cluster)
    {
        var servers = new List<HuomaServer> { Keep(await HuomaServer.StartAsync(cluster)) };
        var keys = await servers[0].CreateCodesAsync(Codes);
        return new Target(servers, keys, folder, name);
    }

    public async Task<Sample> ScanAsync(string store, string kind, int seconds, int servers = 1, int connections = 128)
    {
        var target = await TargetAsync(store);
        while (target.Servers.Count < servers)
        {
            var another = Keep(await HuomaServer.StartAsync(store == "postgres" ? Cluster : null, target.Servers[0].Database));
            targets[store] = target = target with { Servers = [.. target.Servers, another] };
        }

        return await target.RunAsync(kind, servers, connections, seconds);
    }

    public async Task<int> BarePortAsync() => (bare ??= await StartOwnAsync("bare")).Port;

    public async Task<Sample> BareAsync(int seconds)
    {
        var (child, port) = bare ??= await StartOwnAsync("bare");
        return await Wrk.RunAsync([port], "/q/page", null, 128, seconds, () => Child.Cpu(child.Id, withBuried: false).Ticks);
    }

    public async Task<Sample> NaiveAsync(string kind, int seconds)
    {
        var (child, port) = naive ??= await StartOwnAsync("naive", await (await ClusterAsync()).CreateDatabaseAsync());
        var paths = Enumerable.Range(1, Codes).Select(id => string.Create(CultureInfo.InvariantCulture, $"/q/{id}")).ToList();
        var list = kind == "hot" ? null : Visitors.WriteScans(Path.Combine(folder, "naive"), paths);
        return await Wrk.RunAsync([port], "/q/1", list, 128, seconds, () => Child.Cpu(child.Id, withBuried: false).Ticks + (Cluster?.Cpu() ?? 0));
    }

    public async ValueTask DisposeAsync()
    {
        while (started.TryPop(out var thing))
        {
            await thing.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<(Child Child, int Port)> StartOwnAsync(string role, params string[] more)
    {
        var target = targets.Values.FirstOrDefault() ?? await TargetAsync("sqlite");
        var file = Path.Combine(folder, "page");
        var (page, _) = await StaticPage.FetchAsync(target.Servers[0].Port, target.Keys[0]);
        page.Save(file);
        var port = Child.FreePort();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        var child = Keep(Child.Start("dotnet", [typeof(Stage).Assembly.Location, role, port.ToString(CultureInfo.InvariantCulture), file, .. more]));
        await child.WaitUntilItAnswersAsync(address);
        return (child, port);
    }
}
