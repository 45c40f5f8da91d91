using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Huoma.Domain.Simulator;

/// <summary>How the gateway writes: the words of docs/robot-gateway.md.</summary>
internal static class SimJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(object data) => JsonSerializer.Serialize(data, data.GetType(), Options);

    public static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static object Member(SimWorld world, SimMember member, bool tellsInviter = true) => new
    {
        id = member.PersonId,
        name = world.NameOf(member.PersonId),
        roomAlias = member.Alias,
        avatar = (string?)null,
        inviterId = tellsInviter ? member.InviterId : null,
    };
}
