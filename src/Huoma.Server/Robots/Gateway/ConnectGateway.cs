using System.Net;
using System.Text.RegularExpressions;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Robots.Gateway;

/// <summary>A robot gateway dials in: <c>GET /robot-gateway/v1/ws</c> (docs/robot-gateway.md, section 1).</summary>
internal static partial class ConnectGateway
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(10);

    public static async Task Handle(HttpContext context, RobotTokens tokens, GatewayConversation conversation)
    {
        var ct = context.RequestAborted;
        if (TokenIn(context.Request) is not { } token || await tokens.FindAsync(token, ct) is not { } robot)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.Create(StatusCodes.Status401Unauthorized, "robot-gateway.token", "机器人令牌无效，请在控制台重新生成").ExecuteAsync(context);
            return;
        }

        if (context.Request.Headers["X-Gateway-Id"] is not [{ } gatewayId] || !GatewayId().IsMatch(gatewayId))
        {
            await Problems.Create(StatusCodes.Status400BadRequest, "robot-gateway.gateway-id", "X-Gateway-Id 须为 1 到 64 位字母、数字、点、下划线或横线").ExecuteAsync(context);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problems.Create(StatusCodes.Status400BadRequest, "robot-gateway.no-upgrade", "这个地址只接受 WebSocket 连接").ExecuteAsync(context);
            return;
        }

        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = PingEvery, KeepAliveTimeout = PongWithin });
        using var socket = new GatewaySocket(webSocket, OriginOf(context.Request));
        await conversation.HoldAsync(socket, robot, gatewayId, ct);
    }

    /// <summary>The server as the gateway dialled it, for it fetches pictures from nowhere else; encrypted but on this machine (section 5).</summary>
    private static string OriginOf(HttpRequest request)
    {
        var isHere = request.Host.Host == "localhost" || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return $"{(request.IsHttps || !isHere ? "https" : "http")}://{request.Host}";
    }

    private static string? TokenIn(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex GatewayId();
}
