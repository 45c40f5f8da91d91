using Huoma.Server.Robots.Desk;
using Huoma.Server.Robots.Gateway;

namespace Huoma.Server.Robots;

internal static class RobotEndpoints
{
    /// <summary>Where gateways dial in: public, the robot's token is the key.</summary>
    public static void MapRobotGateway(this IEndpointRouteBuilder app) =>
        app.MapGet("/robot-gateway/v1/ws", ConnectGateway.Handle).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Whoever rules over robots rules over WeChat accounts.</summary>
    public static void MapRobots(this RouteGroupBuilder owners)
    {
        var robots = owners.MapGroup("/robots").WithTags("Robots");
        robots.MapPost("", CreateRobot.Handle).WithName(nameof(CreateRobot));
        robots.MapPatch("/{id}", EditRobot.Handle).WithName(nameof(EditRobot));
        robots.MapDelete("/{id}", DeleteRobot.Handle).WithName(nameof(DeleteRobot));
        robots.MapPost("/{id}/token", ReplaceToken.Handle).WithName(nameof(ReplaceToken));
        robots.MapPost("/{id}/start", TellRobot.Start).WithName("StartRobot");
        robots.MapPost("/{id}/stop", TellRobot.Stop).WithName("StopRobot");
        robots.MapPost("/{id}/logout", TellRobot.Logout).WithName("LogOutRobot");
        robots.MapPost("/{id}/contacts", TellRobot.ListContacts).WithName("RefreshContacts");
    }

    public static void MapRobotReads(this IEndpointRouteBuilder console)
    {
        var robots = console.MapGroup("/robots").WithTags("Robots");
        robots.MapGet("", ListRobots.Handle).WithName(nameof(ListRobots));
        robots.MapGet("/{id}", ShowRobot.Handle).WithName(nameof(ShowRobot));
        robots.MapGet("/{id}/login-qr", ShowLoginQr.Handle).WithName(nameof(ShowLoginQr)).Produces<byte[]>(StatusCodes.Status200OK, "image/png");
        robots.MapGet("/{id}/contacts", ListContacts.Handle).WithName(nameof(ListContacts));
        robots.MapGet("/{id}/events", ListRobotEvents.Handle).WithName(nameof(ListRobotEvents));
        robots.MapGet("/{id}/commands", ListRobotCommands.Handle).WithName(nameof(ListRobotCommands));
    }
}
