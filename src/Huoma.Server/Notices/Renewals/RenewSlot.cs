using System.Diagnostics;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Domain.Notices;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes.Slots;
using Huoma.Server.Notices.Renewals.Pages;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Notices.Renewals;

/// <summary>
/// 免登录续码: shows the code and slot of a link, and takes a new picture through the same use cases as the console. Opening it changes
/// nothing, so robots that look at links in chats do no harm.
/// </summary>
internal sealed class RenewSlot(
    RenewalTokens tokens, RenewalStore store, RenewalThrottle throttle, RenewalPages pages, HuomaDb db, CurrentTenant tenant, CurrentActor actor,
    SlotPictures pictures, SlotQueries queries, Calendar calendar, TimeProvider time, ILogger<RenewSlot> log)
{
    private sealed record Target(FoundLink Found, LiveCode LiveCode, Slot? Slot, Image? Image);

    public static Task HandleGet(string token, HttpContext context, RenewSlot renew, CancellationToken ct) => renew.ShowAsync(token, context, ct);

    public static Task HandlePost(string token, HttpContext context, RenewSlot renew, CancellationToken ct) => renew.SaveAsync(token, context, ct);

    private async Task ShowAsync(string token, HttpContext context, CancellationToken ct)
    {
        if (await FindAsync(token, context, ct) is { } target)
        {
            await pages.FormAsync(context, ViewOf(target));
        }
    }

    private async Task SaveAsync(string token, HttpContext context, CancellationToken ct)
    {
        if (await FindAsync(token, context, ct) is not { } target)
        {
            return;
        }

        if (!throttle.MayUpload(target.Found.Link.Id))
        {
            await SayTooManyAsync(context);
            return;
        }

        switch (await PictureInput<RenewalForm>.ReadAsync(context.Request, pictures, ct))
        {
            case PictureInput<RenewalForm>.Failed failed:
                await AskAgainAsync(context, target, RenewalForm.TypedIn(context.Request), image: null, failed.Problem, ct);
                break;
            case PictureInput<RenewalForm>.Ready ready:
                await SaveAsync(context, target, ready, ct);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task SaveAsync(HttpContext context, Target target, PictureInput<RenewalForm>.Ready input, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var request = input.Request;

        // A personal card lasts; the form does not ask.
        var lasts = target.LiveCode.Kind == LiveCodeKind.Card;
        if ((lasts ? Slot.Never : request.ExpiresAt(calendar.Zone, now)) is not { } expiresAt)
        {
            await AskAgainAsync(context, target, request, input.Image, Problems.Invalid("until", "请选择有效期"), ct);
            return;
        }

        var (slot, problem) = target.Found.Link.SlotId is { } slotId
            ? await ReplaceAsync(slotId, target.Found, input, expiresAt, now, ct)
            : await AddAsync(target.Found, input, expiresAt, now, ct);
        if (slot is null)
        {
            await AskAgainAsync(context, target, request, input.Image, problem ?? Problems.NotFound(), ct);
            return;
        }

        log.Renewed(target.Found.Link.Id, slot.Id);
        await pages.DoneAsync(context, ViewOf(target) with
        {
            SlotName = slot.Name,
            ImageUrl = slot.ImageUrl,
            ExpiresAt = slot.ExpiresAt is { } until ? NoticeTexts.Time(until, calendar.Zone) : null,
        });
    }

    private async Task<(SlotResponse? Slot, ProblemHttpResult? Problem)> ReplaceAsync(
        SlotId id, FoundLink found, PictureInput<RenewalForm>.Ready input, DateTimeOffset expiresAt, DateTimeOffset now, CancellationToken ct)
    {
        var request = new ReplacePicture.Request(input.Image.Id, input.Request.NewGroup, expiresAt, input.Request.OverrideReason);
        var result = await ReplacePicture.ReplaceAsync(
            id, new PictureInput<ReplacePicture.Request>.Ready(request, input.Image, input.FileName), strict: true, db, pictures, queries, now, ct,
            (slot, old, stop) => store.UseAsync(found, slot, old, input.Image.Id, stop));
        return ((result.Result as Ok<SlotResponse>)?.Value, result.Result as ProblemHttpResult);
    }

    private async Task<(SlotResponse? Slot, ProblemHttpResult? Problem)> AddAsync(
        FoundLink found, PictureInput<RenewalForm>.Ready input, DateTimeOffset expiresAt, DateTimeOffset now, CancellationToken ct)
    {
        var request = new AddSlot.Request(input.Image.Id, input.Request.Name, SupportWeChatId: null, expiresAt, Threshold: null, input.Request.OverrideReason);
        // What a phone calls its screenshots is no name for a group.
        var result = await AddSlot.AddAsync(
            found.Link.LiveCodeId, new PictureInput<AddSlot.Request>.Ready(request, input.Image, FileName: null), strict: true, db, pictures, queries, now, ct,
            (slot, old, stop) => store.UseAsync(found, slot, old, input.Image.Id, stop));
        return ((result.Result as Created<SlotResponse>)?.Value, result.Result as ProblemHttpResult);
    }

    /// <summary>Null when there is nothing to do here (any more); then the page that says so was sent.</summary>
    private async Task<Target?> FindAsync(string token, HttpContext context, CancellationToken ct)
    {
        if (tokens.Open(token) is not { } id || await store.FindAsync(id, ct) is not { } found)
        {
            await (throttle.MayGuess(context.Connection.RemoteIpAddress)
                ? pages.SayAsync(context, StatusCodes.Status404NotFound, "renewal-unknown", "链接无效", "请从通知里重新打开，或者复制完整的链接")
                : SayTooManyAsync(context));
            return null;
        }

        switch (found.Link.StateAt(time.GetUtcNow()))
        {
            case RenewalState.Used:
                await SayUsedAsync(context);
                return null;
            case RenewalState.Expired:
                await pages.SayAsync(context, StatusCodes.Status410Gone, "renewal-expired", "链接已过期", "续码链接 72 小时内有效。请登录控制台更换，或等下一条通知");
                return null;
            default:
                return await LoadAsync(found, context, ct);
        }
    }

    private async Task<Target?> LoadAsync(FoundLink found, HttpContext context, CancellationToken ct)
    {
        tenant.Is(found.Link.TenantId);
        actor.IsMachine(RenewalRules.Actor);
        var liveCode = await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == found.Link.LiveCodeId, ct);
        var slot = found.Link.SlotId is { } slotId ? await db.Slots.AsNoTracking().SingleOrDefaultAsync(row => row.Id == slotId, ct) : null;
        if (liveCode is null || (found.Link.SlotId is not null && slot is null))
        {
            await pages.SayAsync(context, StatusCodes.Status410Gone, "renewal-gone", "不用再更换了", "这个群二维码或活码已经删除");
            return null;
        }

        var image = slot is null ? null : await db.Images.AsNoTracking().SingleOrDefaultAsync(row => row.Id == slot.ImageId, ct);
        return new Target(found, liveCode, slot, image);
    }

    /// <summary>The form once more, with all that was typed and the picture that was sent.</summary>
    private async Task AskAgainAsync(HttpContext context, Target target, RenewalForm typed, Image? image, ProblemHttpResult problem, CancellationToken ct)
    {
        var details = problem.ProblemDetails;
        var code = details.Extensions["code"] as string;
        if (code == "renewal-link.used")
        {
            await SayUsedAsync(context);
            return;
        }

        // A picture that was sent with an earlier try is still there.
        image ??= await pictures.FindAsync(typed.ImageId, ct);
        await pages.FormAsync(
            context,
            ViewOf(target) with
            {
                Error = details.Detail,
                NewImageId = image?.Id.ToString(),
                NewImageUrl = image?.Url,
                IsDoubtful = code == "slot.picture-doubtful",
                Name = typed.Name,
                Until = typed.Until ?? "",
                NewGroup = typed.NewGroup ?? false,
                OverrideReason = typed.OverrideReason,
            },
            details.Status ?? StatusCodes.Status400BadRequest);
    }

    private RenewalView ViewOf(Target target)
    {
        var now = time.GetUtcNow();
        return new RenewalView
        {
            Reason = target.Found.Title,
            CodeName = target.LiveCode.Name,
            SlotName = target.Slot?.Name,
            ImageUrl = target.Image?.Url,
            ExpiresAt = target.Slot is { } slot && slot.ExpiresAt != Slot.Never ? NoticeTexts.Time(slot.ExpiresAt, calendar.Zone) : null,
            IsCard = target.LiveCode.Kind == LiveCodeKind.Card,
            IsExpired = target.Slot?.ExpiresAt <= now,
            WasReplaced = target.Slot is { } present && target.Found.ToldImageId is { } told && told != present.ImageId,
            Until = RenewalForm.Write(now + Slot.DefaultLifetime, calendar.Zone),
            Earliest = RenewalForm.Write(now, calendar.Zone),
            Zone = calendar.Zone.Id == "Asia/Shanghai" ? "北京时间" : calendar.Zone.Id,
        };
    }

    private Task SayUsedAsync(HttpContext context) =>
        pages.SayAsync(context, StatusCodes.Status410Gone, "renewal-used", "已经处理好了", "这个链接已经用过，每个链接只能用一次。还要更换时，请登录控制台");

    private Task SayTooManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "600";
        return pages.SayAsync(context, StatusCodes.Status429TooManyRequests, "renewal-throttled", "操作太频繁", "请 10 分钟后再试");
    }
}
