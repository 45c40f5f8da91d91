using Huoma.Server.Campaigns.Posters;

namespace Huoma.Server.Tests.Campaigns;

public sealed class PosterCacheTests : IDisposable
{
    private readonly PosterStudio studio = new();

    [Fact]
    public async Task Get_DrawsWhatManyAskForOnce_AndKeepsIt()
    {
        using var cache = new PosterCache(studio.Renderer);
        var order = await studio.OrderAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => cache.GetAsync(order, order.Content(), TestContext.Current.CancellationToken)));

        results.ShouldAllBe(result => ReferenceEquals(result, results[0]));
        (await cache.GetAsync(order, order.Content(), TestContext.Current.CancellationToken)).ShouldBeSameAs(results[0]);
    }

    [Fact]
    public async Task Content_IsWhatCanBeSeen()
    {
        var order = await studio.OrderAsync();

        (await studio.OrderAsync()).Content().ShouldBe(order.Content());
        PosterOrder[] others =
        [
            order with { Url = PosterStudio.Url + "1" }, order with { Person = new PosterPerson("李四", null) }, order with { Person = new PosterPerson(null, null) },
            order with { Person = new PosterPerson("张三", [1]) }, order with { Layout = order.Layout with { Nickname = null } },
            order with { Layout = order.Layout with { Texts = [order.Layout.Nickname!] } },
            order with { Picture = Huoma.Server.Media.MediaAddress.Of(new TenantId(2), [1], "jpg") },
        ];
        others.Append(order).Select(other => other.Content()).Distinct().Count().ShouldBe(others.Length + 1);
    }

    [Fact]
    public async Task Get_KeepsNoMoreThanItMay()
    {
        const long most = 200_000;
        using var cache = new PosterCache(studio.Renderer, most);
        for (var number = 0; number < 30; number++)
        {
            var order = await studio.OrderAsync($"用户{number}");
            (await cache.GetAsync(order, order.Content(), TestContext.Current.CancellationToken)).ShouldBeOfType<PosterResult.Drawn>();
            cache.Bytes.ShouldBeInRange(1, most);
        }
    }

    [Fact]
    public async Task Get_GoesOn_WhenWhoAskedWentAway()
    {
        using var cache = new PosterCache(studio.Renderer);
        var order = await studio.OrderAsync();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => cache.GetAsync(order, order.Content(), gone.Token));

        (await cache.GetAsync(order, order.Content(), TestContext.Current.CancellationToken)).ShouldBeOfType<PosterResult.Drawn>();
    }

    public void Dispose() => studio.Dispose();
}
