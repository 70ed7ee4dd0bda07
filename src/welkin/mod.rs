//! The Welkin Health v8 API: care management.

crate::api! {
    /// A client of the Welkin Health API over your own transport and token source.
    Welkin, with the records of pages, webhooks;

    /// Token endpoints.
    auth: AuthResource,
    /// Tenant users.
    users: UsersResource,
    /// Portal access switches of users.
    user_app_accesses: UserAppAccessesResource,
    /// Roles and policies of users.
    user_permissions: UserPermissionsResource,
    /// Regions and territories of users.
    user_territories: UserTerritoriesResource,
    /// Patient records.
    patients: PatientsResource,
    /// Enrolment of patients in programs.
    patient_programs: PatientProgramsResource,
    /// Program definitions.
    programs: ProgramsResource,
    /// Other Designer definitions (CDTs, goal templates).
    cdt_formations: CdtFormationsResource,
    /// Other Designer definitions (CDTs, goal templates).
    goal_templates: GoalTemplatesResource,
    /// Custom data type records of patients.
    cdt_records: CdtRecordsResource,
    /// Calendar events.
    calendar_events: CalendarEventsResource,
    /// Work hours of users.
    work_hours: WorkHoursResource,
    /// Schedules of users.
    schedules: SchedulesResource,
    /// Patient chat.
    chat_messages: ChatMessagesResource,
    /// Emails.
    emails: EmailsResource,
    /// Emails.
    unrecognized_emails: UnrecognizedEmailsResource,
    /// SMS.
    sms: SmsResource,
    /// SMS.
    unrecognized_sms: UnrecognizedSmsResource,
    /// Data audit log.
    data_audit: DataAuditResource,
    /// Security audit log.
    security_audit: SecurityAuditResource,
    /// Webhook call log.
    webhook_audit: WebhookAuditResource,
    /// Patient documents, files and document types.
    document_summaries: DocumentSummariesResource,
    /// Patient documents, files and document types.
    document_files: DocumentFilesResource,
    /// Patient documents, files and document types.
    document_type_records: DocumentTypeRecordsResource,
    /// Patient documents, files and document types.
    document_types: DocumentTypesResource,
    /// Dictionaries and their definitions.
    dictionary_records: DictionaryRecordsResource,
    /// Dictionaries and their definitions.
    dictionary_formations: DictionaryFormationsResource,
    /// Encounters, comments, assessment links, dispositions, templates.
    encounters: EncountersResource,
    /// Encounters, comments, assessment links, dispositions, templates.
    encounter_comments: EncounterCommentsResource,
    /// Encounters, comments, assessment links, dispositions, templates.
    encounter_assessments: EncounterAssessmentsResource,
    /// Encounters, comments, assessment links, dispositions, templates.
    encounter_dispositions: EncounterDispositionsResource,
    /// Encounters, comments, assessment links, dispositions, templates.
    encounter_disposition_formations: EncounterDispositionFormationsResource,
    /// Encounters, comments, assessment links, dispositions, templates.
    encounter_templates: EncounterTemplatesResource,
    /// Assessment definitions.
    assessments: AssessmentsResource,
    /// Filled assessments.
    assessment_records: AssessmentRecordsResource,
    /// Care plan, goals, goal comments and tasks.
    care_plans: CarePlansResource,
    /// Care plan, goals, goal comments and tasks.
    goals: GoalsResource,
    /// Care plan, goals, goal comments and tasks.
    goal_comments: GoalCommentsResource,
    /// Care plan, goals, goal comments and tasks.
    goal_tasks: GoalTasksResource,
    /// Tasks.
    tasks: TasksResource,
    /// Bulk exports.
    exports: ExportsResource,
}
