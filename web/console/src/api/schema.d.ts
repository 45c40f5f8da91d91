/** The console API as openapi-typescript would write it; `npm run api` replaces this file from docs/api/openapi.json. */

type Json<T> = { headers: Record<string, unknown>; content: { 'application/json': T } };
type Fails = { default: { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['ProblemDetails'] } } };
type Params<Query = never, Path = never> = { query?: Query; header?: never; path: Path; cookie?: never };
type NoParams = { query?: never; header?: never; path?: never; cookie?: never };
type QueryParams<Query> = { query?: Query; header?: never; path?: never; cookie?: never };
type PathParams<Path> = { query?: never; header?: never; path: Path; cookie?: never };
type Ok<T> = { 200: Json<T> } & Fails;
type Created<T> = { 201: Json<T> } & Fails;
type Empty = { 204: { headers: Record<string, unknown>; content?: never } } & Fails;
type Operation<P, B, R> = { parameters: P; requestBody: { content: { 'application/json': B } }; responses: R };
type Read<P, R> = { parameters: P; requestBody?: never; responses: R };
type Upload<P, B, R> = { parameters: P; requestBody: { content: { 'multipart/form-data': B } }; responses: R };
type List<T> = { items: T[]; total: number; page: number; pageSize: number };

export interface paths {
  '/api/v1/setup': {
    get: Read<NoParams, Ok<{ needed: boolean }>>;
    post: Operation<NoParams, components['schemas']['SetUpRequest'], Ok<components['schemas']['Me']>>;
  };
  '/api/v1/session': {
    post: Operation<NoParams, { account: string; password: string }, Ok<components['schemas']['Me']>>;
    delete: Read<NoParams, Empty>;
  };
  '/api/v1/me': { get: Read<NoParams, Ok<components['schemas']['Me']>> };
  '/api/v1/me/password': { put: Operation<NoParams, { currentPassword: string; newPassword: string }, Empty> };
  '/api/v1/me/guides/{guide}': { put: Read<PathParams<{ guide: string }>, Empty> };
  '/api/v1/users': {
    get: Read<QueryParams<{ page?: number; pageSize?: number }>, Ok<List<components['schemas']['User']>>>;
    post: Operation<NoParams, components['schemas']['NewUser'], Created<components['schemas']['User']>>;
  };
  '/api/v1/users/{id}': {
    patch: Operation<PathParams<{ id: string }>, components['schemas']['UserChange'], Ok<components['schemas']['User']>>;
    delete: Read<PathParams<{ id: string }>, Empty>;
  };
  '/api/v1/images': {
    post: Upload<NoParams, { file: string; purpose: string; codeId?: string }, Ok<components['schemas']['UploadedImage']>>;
  };
  '/api/v1/overview': { get: Read<NoParams, Ok<components['schemas']['Overview']>> };
  '/api/v1/codes': {
    get: Read<QueryParams<components['schemas']['LiveCodeFilter']>, Ok<List<components['schemas']['LiveCode']>>>;
    post: Operation<NoParams, components['schemas']['NewLiveCode'], Created<components['schemas']['LiveCode']>>;
  };
  '/api/v1/codes/{id}': {
    get: Read<PathParams<{ id: string }>, Ok<components['schemas']['LiveCode']>>;
    patch: Operation<PathParams<{ id: string }>, components['schemas']['LiveCodeChange'], Ok<components['schemas']['LiveCode']>>;
    delete: Read<PathParams<{ id: string }>, Empty>;
  };
  '/api/v1/codes/{id}/slots': {
    get: Read<PathParams<{ id: string }>, Ok<List<components['schemas']['Slot']>>>;
    post: Operation<Params<{ strict?: boolean }, { id: string }>, components['schemas']['NewSlot'], Created<components['schemas']['Slot']>>;
  };
  '/api/v1/codes/{id}/slots/order': { put: Operation<PathParams<{ id: string }>, { ids: string[] }, Empty> };
  '/api/v1/slots/{id}': {
    patch: Operation<PathParams<{ id: string }>, components['schemas']['SlotChange'], Ok<components['schemas']['Slot']>>;
    delete: Read<PathParams<{ id: string }>, Empty>;
  };
  '/api/v1/slots/{id}/image': {
    put: Operation<Params<{ strict?: boolean }, { id: string }>, components['schemas']['SlotPicture'], Ok<components['schemas']['Slot']>>;
  };
}

export interface components {
  schemas: {
    ProblemDetails: {
      type?: string | null;
      title?: string | null;
      status?: number | null;
      detail?: string | null;
      instance?: string | null;
      code?: string;
      errors?: Record<string, string[]>;
      warnings?: components['schemas']['PictureWarning'][];
      traceId?: string;
    };
    Role: 'owner' | 'operator' | 'viewer';
    SetUpRequest: { token: string; tenantName: string; account: string; password: string };
    Me: {
      user: { id: string; account: string; name: string; role: components['schemas']['Role'] };
      tenant: { id: string; name: string };
      role: components['schemas']['Role'];
      quota: { groupsLeft: number };
      guides: string[];
    };
    User: {
      id: string;
      account: string;
      name: string;
      role: components['schemas']['Role'];
      disabled: boolean;
      createdAt: string;
      lastSignInAt: string | null;
    };
    NewUser: { account: string; name: string; role: components['schemas']['Role']; password: string };
    UserChange: { name?: string; role?: components['schemas']['Role']; password?: string; disabled?: boolean };
    PictureWarning: { code: string; message: string };
    QrKind: 'group' | 'card' | 'wecom' | 'payment' | 'other';
    UploadedImage: {
      id: string;
      url: string;
      width: number;
      height: number;
      qr: { payload: string; kind: components['schemas']['QrKind'] } | null;
      warnings: components['schemas']['PictureWarning'][];
    };
    VisitCounts: { scans: number; visitors: number; presses: number; pressVisitors: number };
    Overview: {
      today: components['schemas']['VisitCounts'];
      total: components['schemas']['VisitCounts'];
      codes: { total: number; on: number };
      warnings: components['schemas']['OverviewWarning'][];
      groupsLeft: number;
      at: string;
      timeZone: string;
    };
    OverviewWarning: {
      kind: 'slot-expiring' | 'slot-expired' | 'code-running-out' | 'code-exhausted';
      codeId: string;
      codeName: string;
      slotId: string | null;
      slotName: string | null;
      expiresAt: string | null;
      placesLeft: number | null;
    };
    LiveCodeFilter: { kind?: 'group' | 'card'; building?: 'manual' | 'auto'; status?: 'on' | 'off'; q?: string; page?: number; pageSize?: number };
    Welcome: { enabled: boolean; imageId: string | null; imageUrl: string | null; groupIntro: string; founderIntro: string };
    WelcomeChange: { enabled: boolean; imageId: string | null; groupIntro: string; founderIntro: string };
    LiveCode: {
      id: string;
      number: string;
      key: string;
      url: string;
      kind: 'group' | 'card';
      building: 'manual' | 'auto';
      name: string;
      remark: string;
      status: 'on' | 'off';
      sticky: boolean;
      welcome: components['schemas']['Welcome'];
      counts: components['schemas']['VisitCounts'] & {
        joins: number;
        slots: number;
        usableSlots: number;
        todayScans: number;
        todayVisitors: number;
        todayPresses: number;
        todayPressVisitors: number;
      };
      version: number;
      createdAt: string;
    };
    NewLiveCode: {
      kind: 'group' | 'card';
      building: 'manual' | 'auto';
      name: string;
      remark: string;
      status?: 'on' | 'off';
      sticky?: boolean;
      welcome?: components['schemas']['WelcomeChange'];
    };
    LiveCodeChange: {
      version?: number;
      name?: string;
      remark?: string;
      status?: 'on' | 'off';
      sticky?: boolean;
      welcome?: components['schemas']['WelcomeChange'];
    };
    Slot: {
      id: string;
      codeId: string;
      name: string;
      imageId: string;
      imageUrl: string;
      payload: string | null;
      qrKind: components['schemas']['QrKind'] | null;
      supportWeChatId: string | null;
      expiresAt: string;
      threshold: number;
      enabled: boolean;
      position: number;
      round: number;
      presses: number;
      pressVisitors: number;
      views: number;
      visitors: number;
      todayPresses: number;
      todayPressVisitors: number;
      todayViews: number;
      todayVisitors: number;
      overrideReason: string | null;
      warnings: components['schemas']['PictureWarning'][];
      state: 'serving' | 'waiting' | 'full' | 'expired' | 'off';
      createdAt: string;
    };
    NewSlot: {
      imageId: string;
      name: string;
      supportWeChatId?: string | null;
      expiresAt?: string;
      threshold?: number;
      overrideReason?: string | null;
    };
    SlotChange: { name?: string; supportWeChatId?: string | null; expiresAt?: string; threshold?: number; enabled?: boolean };
    SlotPicture: { imageId: string; newGroup?: boolean; expiresAt?: string; overrideReason?: string | null };
  };
}
