using Dapper;
using Huoma.Server.Channels;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Channels;

public sealed class ChannelCatalogTests
{
    [Theory]
    [BothStores]
    public async Task Find_LeadsToTheCode_WhoeverAsks_ArchivedAndDeletedToo(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();
        var channel = (await desk.CreateChannelsAsync(code.Id(), "甲"))[0];
        await desk.PatchAsync($"channels/{channel.Id()}", new { archived = true }).JsonAsync();
        await desk.DeleteAsync($"codes/{code.Id()}").JsonAsync(System.Net.HttpStatusCode.NoContent);
        var catalog = app.Services.GetRequiredService<ChannelCatalog>();

        var crowd = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await catalog.FindAsync(channel.Text("key")))));

        crowd.Distinct().ShouldHaveSingleItem().ShouldBe(new ChannelEntrance(ChannelId.Parse(channel.Id()), code.Text("key")));
    }

    [Theory]
    [BothStores]
    public async Task Find_ReadsOnce_ButLooksAgainForWhatWasNotThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var catalog = app.Services.GetRequiredService<ChannelCatalog>();
        var channel = (await desk.CreateChannelsAsync((await desk.CreateCodeAsync()).Id(), "甲"))[0];
        (await catalog.FindAsync(channel.Text("key"))).ShouldNotBeNull();
        (await catalog.FindAsync("zzzzzzzz")).ShouldBeNull();
        (await catalog.FindAsync("")).ShouldBeNull();

        // Past the server, so that the two keys change places.
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync("UPDATE channels SET key = 'zzzzzzzz'");

        (await catalog.FindAsync(channel.Text("key"))).ShouldNotBeNull();
        (await catalog.FindAsync("zzzzzzzz")).ShouldNotBeNull();
    }
}
