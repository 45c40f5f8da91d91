using Huoma.Server.Platform.Http;
using Huoma.Server.Simulator.OfficialAccounts;
using Huoma.Server.Simulator.Pages;
using Huoma.Server.Simulator.Phones;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Mvc;

namespace Huoma.Server.Simulator;

/// <summary>Everything under <c>/sim</c>: open to all, and there only when it is switched on.</summary>
internal static class SimulatorEndpoints
{
    /// <summary>What changes the world carries it, so that no page of another site can.</summary>
    private const string Header = "X-Huoma-Simulator";

    public static void MapSimulator(this WebApplication app)
    {
        if (!SimulatorSetup.IsOn(app.Configuration))
        {
            return;
        }

        app.Logger.SimulatorIsOn();
        var sim = app.MapGroup("/sim").AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();
        sim.MapGet("", PhonePage.Show);
        sim.MapGet("/assets/{file}", PhonePage.Asset);
        sim.MapGet("/pictures/{hash}", ShowPictureAsync);
        sim.MapMethods("/web/{personId}/{**path}", [HttpMethods.Get, HttpMethods.Post], OpenWebAsync);
        MapOfficialAccount(sim);
        MapApi(sim.MapGroup("/api").AddEndpointFilter(OnlyOwnPagesAsync).AddEndpointFilter(RequestCheck.NothingMissingAsync));
    }

    /// <summary>公众号: what is at WeChat's addresses otherwise.</summary>
    private static void MapOfficialAccount(RouteGroupBuilder sim)
    {
        sim.MapGet("/connect/oauth2/authorize", SimAuthorize.HandleAsync);
        sim.MapGet("/sns/oauth2/access_token", SimWeChatApi.Exchange);
        sim.MapGet("/sns/userinfo", SimWeChatApi.UserInfo);
        sim.MapPost("/cgi-bin/stable_token", SimWeChatApi.Token);
        sim.MapGet("/cgi-bin/ticket/getticket", SimWeChatApi.Ticket);
        sim.MapGet("/avatars/{personId}.png", SimWeChatApi.Avatar);
    }

    private static void MapApi(RouteGroupBuilder api)
    {
        api.MapPost("/js-config", SimWeChatApi.Verify);
        api.MapGet("/world", ShowWorld.Handle);
        api.MapGet("/scan", ReadQr.Handle);
        api.MapGet("/qr", ReadQr.Draw);
        api.MapGet("/codes", (PhoneQueries codes, CancellationToken ct) => codes.CodesAsync(ct));
        api.MapPost("/people", PeopleActions.Add);
        api.MapPost("/people/{id}/friends", PeopleActions.Befriend);
        api.MapPost("/people/{id}/limits", PeopleActions.Limit);
        api.MapPost("/people/{id}/invitations/{invitationId}", PeopleActions.Accept);
        api.MapPost("/groups", GroupActions.Create);
        api.MapPost("/groups/join", GroupActions.Join);
        var group = api.MapGroup("/groups/{id}");
        group.MapPost("/messages", SayInGroup.Handle).WithMetadata(new RequestSizeLimitAttribute(SayInGroup.MaxBodyBytes));
        group.MapPost("/leave", GroupActions.Leave);
        group.MapPost("/dismiss", GroupActions.Dismiss);
        group.MapPost("/kick", GroupActions.Kick);
        group.MapPost("/invite", GroupActions.Invite);
        group.MapPost("/admins", GroupActions.Appoint);
        group.MapPost("/rename", GroupActions.Rename);
        group.MapPost("/announce", GroupActions.Announce);
        group.MapPost("/qr", GroupActions.Qr);
        api.MapPost("/robots/{id}/login", RobotActions.LogIn);
        api.MapPost("/robots/{id}/logout", RobotActions.LogOut);
        api.MapPost("/faults", RobotActions.Fault);
    }

    private static ValueTask<object?> OnlyOwnPagesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsGet(request.Method) || request.Headers.ContainsKey(Header)
            ? next(context)
            : new(Problems.Create(StatusCodes.Status403Forbidden, "sim.header", $"请带上请求头 {Header}: 1"));
    }

    private static async Task<IResult> ShowPictureAsync(string hash, SimWorldStore store, HttpResponse response, CancellationToken ct)
    {
        if (await store.FindPictureAsync(hash, ct) is not { } picture)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return TypedResults.File(picture.Content, picture.Type);
    }

    private static Task OpenWebAsync(string personId, string path, SimBrowser browser, HttpContext context)
    {
        if (SimBrowser.IsForVisitors(path))
        {
            return browser.SendAsync(context, personId, path);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
