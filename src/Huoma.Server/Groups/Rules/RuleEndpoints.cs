using Huoma.Server.Groups.Rules.Announcements;

namespace Huoma.Server.Groups.Rules;

internal static class RuleEndpoints
{
    /// <summary>群规则 and 群公告 of codes whose groups robots build (F100–F106).</summary>
    public static void MapGroupRules(this RouteGroupBuilder console)
    {
        var rules = console.MapGroup("/codes/{id}/rules").WithTags("Groups");
        rules.MapGet("", ShowRules.Handle).WithName(nameof(ShowRules));
        rules.MapPut("", SaveRules.Handle).WithName(nameof(SaveRules));
        rules.MapPost("/try-keywords", TryKeywords.Handle).WithName(nameof(TryKeywords));
        rules.MapGet("/kicks", ListKeywordHits.Handle).WithName(nameof(ListKeywordHits));

        var ofCode = console.MapGroup("/codes/{id}/announcements").WithTags("Groups");
        ofCode.MapGet("", ListAnnouncements.Handle).WithName(nameof(ListAnnouncements));
        ofCode.MapPost("", CreateAnnouncement.Handle).WithName(nameof(CreateAnnouncement));

        var announcements = console.MapGroup("/announcements").WithTags("Groups");
        announcements.MapGet("/{id}", ShowAnnouncement.Handle).WithName(nameof(ShowAnnouncement));
        announcements.MapPost("/{id}/retry", RetryAnnouncement.Handle).WithName(nameof(RetryAnnouncement));
    }
}
